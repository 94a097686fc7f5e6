"""Certificates and other papers as pages of the file: pictures of what was joined.

A foreign PDF is drawn, not merged: its own fonts, scripts and colours would take the file out
of PDF/A. The original travels beside the pages, byte for byte.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.documents.archive import Attached
from cantine_desktop.documents.styles import paragraph
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.inspection.drawn import page_pictures
from cantine_desktop.i18n import tr, trn
from cantine_desktop.storage.attachments import Attachment, read

MOST_PAGES = 12
"""Pages drawn of one paper; the rest stands in the joined file."""

DOTS = 1600
"""Dots along the longer side of a drawn page: some 140 to the inch."""

MOST_DOTS = 60_000_000
"""Dots of a picture that is opened; a photograph has 12 to 50 million."""


@dataclass(frozen=True)
class Annex:
    """A paper to show.

    Attributes:
        name: Its file name, unique in the file.
        pages: Its pages as JPEG.
        left_out: Why it, or some of it, is not shown; empty when all is.
        attached: The file itself; ``None`` when it cannot be read.
    """

    name: str
    pages: tuple[bytes, ...] = ()
    left_out: str = ""
    attached: Attached | None = None


def annex(session: Session, attachment: Attachment, rank: int) -> Annex:
    """Return a joined paper as pages; it never fails, but says why it cannot be shown."""
    name = f"{rank:03}-{_safe(attachment.name)}"
    try:
        content = read(session, attachment)
    except UserError as error:
        return Annex(name, left_out=str(error))
    attached = Attached(name, content, attachment.media_type, description=attachment.name)
    try:
        pages, count = _drawn(content)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        said = tr("Ce fichier ne peut pas être dessiné en pages ; il est joint tel quel.")
        return Annex(name, (), said, attached)
    except Image.DecompressionBombError:
        said = tr("Cette image est trop grande pour être dessinée ; elle est jointe telle quelle.")
        return Annex(name, (), said, attached)
    left = count - len(pages)
    said = trn(
        "{n} page de plus dans le fichier joint.", "{n} pages de plus dans le fichier joint.", left
    )
    return Annex(name, tuple(pages), said if left else "", attached)


def annex_story(found: Annex, title: str) -> list[Flowable]:
    """Return the pages of a paper, each on a page of its own."""
    story: list[Flowable] = [Picture(page) for page in found.pages]
    if found.left_out:
        story.append(paragraph(f"{title} : {found.left_out}"))
    return story or [paragraph(title)]


class Picture(Flowable):
    """A picture as large as the page allows."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._reader = ImageReader(BytesIO(content))

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        wide, tall = self._reader.getSize()
        scale = min(aW / wide, 700 / tall)
        self.width, self.height = wide * scale, tall * scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw the picture from the left of the page."""
        canvas: Any = self.canv
        canvas.drawImage(self._reader, 0, 0, self.width, self.height)


def _drawn(content: bytes) -> tuple[list[bytes], int]:
    if content.startswith(b"%PDF"):
        pictures, count = page_pictures(content, MOST_PAGES, DOTS)
        return list(map(_jpeg, pictures)), count
    with Image.open(BytesIO(content)) as picture:
        _refuse_large(picture)
        return [_jpeg(ImageOps.exif_transpose(picture))], 1


def _refuse_large(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_DOTS:
        raise Image.DecompressionBombError


def _jpeg(picture: Image.Image) -> bytes:
    plain = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "P"}:
        see_through = picture.convert("RGBA")
        plain.paste(see_through, mask=see_through.getchannel("A"))
    else:
        plain.paste(picture.convert("RGB"))
    plain.thumbnail((DOTS, DOTS))
    target = BytesIO()
    plain.save(target, "JPEG", quality=80)
    return target.getvalue()


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "._- " else "-" for c in name)[-80:]
