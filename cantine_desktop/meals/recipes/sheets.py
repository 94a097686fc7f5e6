"""What is printed of the recipes."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.recipes.technical_sheet import write_technical_sheets

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "technical-sheets",
        mark("Fiches techniques"),
        write_technical_sheets,
        "",
        Cadence.YEAR,
        "meals",
        screen="recipes",
    ),
)
