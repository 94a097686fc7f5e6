"""What every record of a register holds besides its own columns."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.storage.sealed import Sealable


class Kept(Sealable, kw_only=True):
    """Columns of a record (enregistrement) of any register.

    A record may be rewritten until its week is signed; the history keeps the former
    values. Once signed it is sealed, and corrected by another row that names it in
    ``corrects_id``: both are kept and both are printed. The current records of a
    register are those that no other corrects, and that are not void.

    Attributes:
        day: Civil day it belongs to.
        recorded_at: Instant it was written in the book; as long as a row is not complete,
            the instant it was last added to.
        occurred_at: Instant it happened; ``None`` when only the day is known.
        initials: Who did it, or who read it.
        note: Free words: what was done about it.
        reason: Why it replaces a sealed record, or comes after the signature.
        probe: Name or number of the thermometer used, where it is known.
        origin: Typed on the spot, copied from paper, or read from a file.
        verdict: What it meant when it was last written, by the plan in force on its day.
        corrects_id: Key of the sealed record it replaces.
        is_void: It says that the record it corrects never happened.
    """

    day: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime]
    occurred_at: Mapped[datetime | None] = mapped_column(default=None)
    initials: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    probe: Mapped[str] = mapped_column(default="")
    origin: Mapped[Origin] = mapped_column(default=Origin.TYPED)
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.NOT_DONE)
    corrects_id: Mapped[int | None] = mapped_column(default=None, unique=True)
    is_void: Mapped[bool] = mapped_column(default=False)
