"""The paper itself: a photo or a scan joined to the sheet it shows."""

from datetime import date, datetime
from typing import ClassVar, NamedTuple

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.attachments import Attachment, attach, read
from cantine_desktop.storage.base import Base
from cantine_desktop.values.period import Period

_AREA = "hygiene"

KINDS: dict[bytes, tuple[str, str]] = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
}
"""How the files a sheet may be joined with begin, their type and the end of their name."""


class SheetScan(Base):
    """A picture of a sheet of paper (fiche numérisée).

    Attributes:
        register: Key of the register or matrix of the sheet.
        monday: First day of its ISO week.
        attachment: The file.
    """

    __tablename__ = "sheet_scan"
    __table_args__ = (Index("ix_sheet_scan_sheet", "register", "monday"),)
    area: ClassVar[str] = _AREA
    noun: ClassVar[str] = mark("Fiche numérisée")

    register: Mapped[str] = mapped_column(String(40))
    monday: Mapped[date]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), init=False)
    attachment: Mapped[Attachment] = relationship(repr=False)


class ScanRow(NamedTuple):
    """A joined file, as the screens list it."""

    scan_id: int
    name: str
    media_type: str
    added_at: datetime


def attach_scan(
    session: Session, register_key: str, day: date, content: bytes, name: str, now: datetime
) -> SheetScan:
    """Join a photo or a PDF to the sheet of a week, signed or not.

    The type is told by the content, whatever the name says.

    Args:
        session: The session of an action.
        register_key: Key of the register or of the matrix.
        day: Any day of the week.
        content: The whole file.
        name: File name, without folders.
        now: Instant of joining, aware.

    Raises:
        UserError: It is neither a PDF nor a picture, it is empty or too large, or it is
            joined already.
    """
    monday = Period.week(day).first
    attachment = attach(session, content, name, _type_of(content, name), now, area=_AREA)
    for there in _scans(session, register_key, monday):
        if there.attachment.sha256 == attachment.sha256:
            raise UserError(
                tr("« {name} » est déjà joint à cette fiche.").format(name=there.attachment.name)
            )
    scan = SheetScan(register=register_key, monday=monday, attachment=attachment)
    session.add(scan)
    session.flush()
    return scan


def scans_of(session: Session, register_key: str, day: date) -> list[ScanRow]:
    """Return the files joined to the sheet of the week that holds a day, in order."""
    return [
        ScanRow(scan.id, scan.attachment.name, scan.attachment.media_type, scan.attachment.added_at)
        for scan in _scans(session, register_key, Period.week(day).first)
    ]


def read_scan(session: Session, scan_id: int) -> bytes:
    """Return the content of a joined file.

    Raises:
        UserError: It is gone, or was altered by another program.
    """
    return read(session, _scan(session, scan_id).attachment)


def detach_scan(session: Session, scan_id: int) -> None:
    """Take a file off its sheet; undo joins it again.

    Raises:
        UserError: It is gone.
    """
    scan = _scan(session, scan_id)
    attachment = scan.attachment
    session.delete(scan)
    session.flush()
    session.delete(attachment)
    session.flush()


def _scan(session: Session, scan_id: int) -> SheetScan:
    found = session.get(SheetScan, scan_id)
    if found is None:
        raise UserError(tr("Ce fichier n’est plus joint à la fiche."))
    return found


def _scans(session: Session, register_key: str, monday: date) -> list[SheetScan]:
    query = select(SheetScan).where(SheetScan.register == register_key, SheetScan.monday == monday)
    return list(session.scalars(query.order_by(SheetScan.id)))


def _type_of(content: bytes, name: str) -> str:
    for start, (media_type, _suffix) in KINDS.items():
        if content.startswith(start):
            return media_type
    if not content:
        return ""  # ``attach`` says that it is empty
    raise UserError(
        tr(
            "« {name} » n’est ni un PDF ni une photo (JPEG, PNG). Numérisez la feuille, ou "
            "photographiez-la, puis recommencez."
        ).format(name=name)
    )
