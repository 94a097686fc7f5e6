"""Every paper of the staff."""

from cantine_desktop.documents.registry import Document
from cantine_desktop.staff.contracts import sheets as contracts

DOCUMENTS: tuple[Document, ...] = (*contracts.DOCUMENTS,)
