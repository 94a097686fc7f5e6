"""What is printed of what comes in."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.supply.deliveries.certificate_sheet import write_certificates

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "gift-certificates",
        mark("Attestations de dons reçus"),
        write_certificates,
        "D23",
        Cadence.YEAR,
        "supply",
    ),
)
