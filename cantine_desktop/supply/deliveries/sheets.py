"""What is printed of what comes in."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.supply.deliveries.certificate_sheet import write_certificates
from cantine_desktop.supply.deliveries.claim_sheet import write_claims
from cantine_desktop.supply.deliveries.closed_sheet import write_receptions
from cantine_desktop.supply.deliveries.reception_sheet import write_reception_sheets

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "reception-sheet",
        mark("Fiches de réception"),
        write_reception_sheets,
        cadence=Cadence.DAY,
        area="supply",
        screen="receiving",
    ),
    Document("receptions", mark("Réceptions closes"), write_receptions, area="supply"),
    Document("claims", mark("Réclamations aux fournisseurs"), write_claims, area="supply"),
    Document(
        "gift-certificates",
        mark("Attestations de dons reçus"),
        write_certificates,
        "D23",
        Cadence.YEAR,
        "supply",
    ),
)
