"""What is printed of this part of finance."""

from cantine_desktop.documents.registry import Document

DOCUMENTS: tuple[Document, ...] = ()
