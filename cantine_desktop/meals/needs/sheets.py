"""What is printed here."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.needs.shopping_sheet import write_shopping_list

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "shopping-list",
        mark("Liste de courses"),
        write_shopping_list,
        "D21",
        Cadence.WEEK,
        "supply",
    ),
)
