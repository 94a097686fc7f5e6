"""What is printed of a recall."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.hygiene.recalls.recall_file import write_recall_files
from cantine_desktop.i18n import mark

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
