"""The poster at the door of the kitchen (D09): six drawings, six short sentences."""

from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.drawing import rules, write
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, text_width, wrap
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import INK, MUTED
from cantine_desktop.hygiene.kitchen.pictograms import DRAWINGS, draw
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        mark("Je me lave les mains."),
        mark("30 secondes, au savon : en entrant, entre deux tâches, après les toilettes."),
    ),
    (
        mark("Malade ? Je le dis."),
        mark("Je ne cuisine pas aujourd’hui, et on ne me demande pas pourquoi."),
    ),
    (
        mark("Tablier, cheveux couverts."),
        mark("Ni bague, ni montre. Coupure : pansement et gant."),
    ),
    (
        mark("Le cru loin du cuit."),
        mark("Une planche et un couteau pour chacun, lavés entre les deux."),
    ),
    (
        mark("Allergènes : je demande."),
        mark("Je suis la recette, je n’ajoute rien sans le dire."),
    ),
    (
        mark("Je goûte une seule fois."),
        mark("Avec une cuillère propre, qui part au lavage."),
    ),
)
"""What each drawing says, large, and why, smaller.

Source: R852-VIII, R852-IX.
"""

MARGIN = 16 * mm
TITLE, LARGE, PLAIN = 46.0, 27.0, 18.0
PICTURE = 33 * mm
SOURCE = 12 * mm
"""Height of the small line at the foot: above what most printers leave white."""


class Poster(Flowable):
    """The whole page."""

    def __init__(self, canteen: str, size: tuple[float, float]) -> None:
        super().__init__()
        self._canteen = canteen
        self._size = size

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = self._size
        return self._size

    def draw(self) -> None:
        """Draw the title, then the six rules from top to bottom."""
        canvas = self.canv
        width, height = self._size
        room = width - 2 * MARGIN
        canvas.setFillColor(INK)
        top = height - MARGIN
        write(canvas, tr("Bienvenue en cuisine"), BOLD, TITLE, (MARGIN, top - 34, room))
        canvas.setFillColor(MUTED)
        write(canvas, self._canteen, SEMIBOLD, 18, (MARGIN, top - 58, room))
        rules(canvas, [(MARGIN, top - 68, width - MARGIN, top - 68)], INK, 2)
        bottom = SOURCE + 6 * mm
        pitch = (top - 80 - bottom) / len(SENTENCES)
        for rank, (large, plain) in enumerate(SENTENCES):
            middle = top - 80 - pitch * (rank + 0.5)
            draw(canvas, DRAWINGS[rank], MARGIN, middle - PICTURE / 2, PICTURE)
            self._say(canvas, tr(large), tr(plain), middle)
        canvas.setFillColor(MUTED)
        source = tr("Base : règlement (CE) 852/2004, annexe II ch. VIII et IX (à vérifier).")
        write(canvas, source, REGULAR, 8.5, (MARGIN, SOURCE, room))

    def _say(self, canvas: Canvas, large: str, plain: str, middle: float) -> None:
        left = MARGIN + PICTURE + 9 * mm
        room = self._size[0] - MARGIN - left
        lines = wrap(plain, REGULAR, PLAIN, room)
        size = min(LARGE, LARGE * room / max(text_width(large, BOLD, LARGE), 1))
        tall = size + 8 + 22 * len(lines)
        level = middle + tall / 2 - size * 0.8
        canvas.setFillColor(INK)
        write(canvas, large, BOLD, size, (left, level, room))
        for rank, line in enumerate(lines):
            write(canvas, line, REGULAR, PLAIN, (left, level - 28 - 22 * rank, room))


def write_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the poster; it is the same every day.

    Args:
        session: Where to read the name of the canteen.
        period: Not used.
        now: The present instant.
        target: Where the PDF goes.
    """
    del period
    name = canteen_name(session)
    frame = PageFrame(name, tr("Consignes d’accueil en cuisine"), "", now, bare=True)
    write_document(target, frame, [Poster(name, frame.page_size)])


DOCUMENTS = (
    Document(
        "kitchen-rules-poster",
        mark("Consignes d’accueil en cuisine (affiche)"),
        write_poster,
        "D09",
        Cadence.YEAR,
        "hygiene",
    ),
)
"""The poster of the kitchen."""
