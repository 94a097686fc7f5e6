"""What is printed here: nothing; the file of a recall also tells the sheets of hygiene."""

from cantine_desktop.documents.registry import Document

DOCUMENTS: tuple[Document, ...] = ()
