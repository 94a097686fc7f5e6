"""Every paper of supply."""

from cantine_desktop.documents.registry import Document
from cantine_desktop.supply.products import sheets as products

DOCUMENTS: tuple[Document, ...] = (*products.DOCUMENTS,)
