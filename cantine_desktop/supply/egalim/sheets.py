"""What is printed here."""

from cantine_desktop.documents.registry import Document

DOCUMENTS: tuple[Document, ...] = ()
