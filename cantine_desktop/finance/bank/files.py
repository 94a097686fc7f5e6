"""What goes out to, and comes in from, other programs."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.finance.bank.importing import SUFFIXES, read_bank_statement
from cantine_desktop.i18n import mark

EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = (
    Import(
        "bank",
        mark("Relevé bancaire (OFX, CAMT, CFONB, CSV)"),
        SUFFIXES,
        read_bank_statement,
        "finance",
        headings=("Date de valeur", "Libellé", "Débit", "Crédit", "Solde", "Montant"),
    ),
)
