"""What every chapter of the file is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.layout import PageFrame
from cantine_desktop.hygiene.inspection.controls import Control
from cantine_desktop.hygiene.queries import UnitRow, readings_of
from cantine_desktop.values.period import Period


@dataclass(frozen=True)
class Making:
    """An inspection file under way.

    Attributes:
        session: Where to read.
        period: The days asked for.
        counted: Those of them up to today.
        now: The present instant.
        today: Its civil day.
        canteen: Name of the canteen.
        words: The period in words.
        by: Profile that makes the file.
        fingerprint: Of the key that will sign it; empty when nothing will.
        controls: What was due and done, in the order of the file.
    """

    session: Session
    period: Period
    counted: Period
    now: datetime
    today: date
    canteen: str
    words: str
    by: str
    fingerprint: str
    controls: Sequence[Control]

    @cached_property
    def units(self) -> list[UnitRow]:
        """The cold units of the period with their cells, read once."""
        return readings_of(self.session, self.counted)

    def frame(self, title: str, footer: str = "", *, landscape: bool = False) -> PageFrame:
        """Return the page of a chapter."""
        return PageFrame(
            self.canteen, title, self.words, self.now, footer=footer, landscape=landscape
        )

    def control(self, key: str) -> Control | None:
        """Return the control of a key, if this canteen has use for it."""
        return next((each for each in self.controls if each.key == key), None)


Parts = list[Part]
"""Chapters, with what stands under them."""
