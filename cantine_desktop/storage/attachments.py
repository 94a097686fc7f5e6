"""Files kept in the book by the hash of their content.

The same content is kept once. History records the attachment (its name, its
hash), not the content, which stays when an attachment is undone so that redo
finds it again.
"""

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import LargeBinary, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.rights import OPEN_AREA
from cantine_desktop.storage.watch import watch_of

LARGEST = 25 * 2**20
"""Bytes; a long scanned invoice weighs 2 to 8 million."""


LONGEST_NAME = 120
"""Letters of a file name."""


class Content(Base):
    """The bytes of a file, kept once whatever the number of its attachments."""

    __tablename__ = "content"
    # Open to nobody directly: ``read`` decides by the attachment.
    area: ClassVar[str] = "content"
    recorded: ClassVar[bool] = False

    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Base):
    """A file joined to a record (pièce jointe).

    Attributes:
        name: File name, as people know it.
        media_type: ``"application/pdf"``…
        sha256: Hash of the content, in hexadecimal.
        size: Bytes.
        added_at: Instant of joining.
        belongs_to: Area whose readers may open it.
    """

    __tablename__ = "attachment"
    noun: ClassVar[str] = mark("pièce jointe")

    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    added_at: Mapped[datetime]
    belongs_to: Mapped[str] = mapped_column(String(32), default=OPEN_AREA)


def attach(
    session: Session,
    content: bytes,
    name: str,
    media_type: str,
    now: datetime,
    *,
    area: str = OPEN_AREA,
) -> Attachment:
    """Keep a file in the book.

    Args:
        session: The session of an action.
        content: The whole file.
        name: File name; folders, invisible characters and what is too long are left out.
        media_type: As in ``"application/pdf"``.
        now: Instant of joining, aware.
        area: Only who may read this area may open the file.

    Raises:
        UserError: The file is empty or too large.
    """
    _check_size(content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    with watch_of(session).pause():
        connection = session.connection()
        if connection.scalar(select(Content.id).where(Content.sha256 == sha256)) is None:
            values = {"sha256": sha256, "data": content}
            connection.execute(insert(Base.metadata.tables["content"]), values)
    attachment = Attachment(
        name=_plain_name(name),
        media_type=media_type,
        sha256=sha256,
        size=len(content),
        added_at=now,
        belongs_to=area,
    )
    session.add(attachment)
    session.flush()
    return attachment


def _plain_name(name: str) -> str:
    """Return a name any disk takes: the last part of a path, its end kept when it is long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(each for each in last if each.isprintable()).strip(" .")
    return seen[-LONGEST_NAME:] or tr("sans nom")


def read(session: Session, attachment: Attachment) -> bytes:
    """Return the content of an attachment.

    Raises:
        ForbiddenError: The actor may not read what it belongs to.
        UserError: The content is missing or was altered by another program.
    """
    watch = watch_of(session)
    watch.actor.require_read(attachment.belongs_to)
    with watch.pause():
        query = select(Content.data).where(Content.sha256 == attachment.sha256)
        content = session.connection().scalar(query)
    if content is None or hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise UserError(
            tr(
                "Le contenu de « {name} » a été perdu ou altéré hors du logiciel. "
                "Joignez de nouveau le fichier, ou reprenez une sauvegarde."
            ).format(name=attachment.name)
        )
    return content


def _check_size(content: bytes, name: str) -> None:
    if not content:
        raise UserError(tr("Le fichier « {name} » est vide.").format(name=name))
    if len(content) > LARGEST:
        raise UserError(
            tr(
                "Le fichier « {name} » pèse {size} Mo ; la limite est de {limit} Mo. "
                "Réduisez-le (numérisation moins fine, pages en moins), puis recommencez."
            ).format(name=name, size=_megabytes(len(content)), limit=_megabytes(LARGEST))
        )


def _megabytes(size: int) -> str:
    # Rounded up: a file just over the limit must not seem to weigh the limit.
    tenths = -(-size * 10 // 2**20)
    return number(Decimal(tenths).scaleb(-1).normalize() + 0)
