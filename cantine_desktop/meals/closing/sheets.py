"""What is printed of closings: the sheet by the box, the certificates of who paid for others."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.closing.certificate_sheet import write_certificates
from cantine_desktop.meals.closing.tally_sheet import LETTER, write_tally_sheet

AREA = "meals"

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "tally-sheet",
        mark("Feuille de pointage des contributions"),
        write_tally_sheet,
        "D18",
        Cadence.DAY,
        AREA,
        LETTER,
        "closing",
    ),
    Document(
        "sponsored-certificates",
        mark("Attestations de repas pris en charge"),
        write_certificates,
        "D18",
        Cadence.MONTH,
        AREA,
    ),
)
