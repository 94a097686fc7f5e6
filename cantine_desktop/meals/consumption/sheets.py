"""What is printed of a lot's way."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.consumption.recall_file import write_recall_files

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "recall-file",
        mark("Dossiers de rappel"),
        write_recall_files,
        "",
        Cadence.YEAR,
        "supply",
    ),
)
