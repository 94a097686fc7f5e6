"""Banks and services known by the headings of their files, and what is sure of them.

Sources: importers of public projects; see the tests for each.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from cantine_desktop.finance.bank.csv_words import plain_heading

_PROFILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("credit-mutuel", ("Date", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde")),
    ("credit-mutuel", ("Date", "Date de valeur", "Montant", "Libellé", "Solde")),
    ("bpce", ("Date de comptabilisation", "Libelle simplifie", "Libelle operation", "Debit")),
    ("bpce-pro", ("Date", "Numéro d'opération", "Libellé", "Débit", "Crédit", "Détail")),
    ("banque-postale", ("Date", "Libellé", "Montant(EUROS)")),
    ("credit-agricole", ("Date", "Libellé", "Débit Euros", "Crédit Euros")),
    ("cic", ("Date d'opération", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde")),
    ("cic", ("Date d'opération", "Date de valeur", "Montant", "Libellé", "Solde")),
    (
        "societe-generale",
        ("date_comptabilisation", "libellé_complet_operation", "montant_operation"),
    ),
    (
        "societe-generale",
        ("Date", "Nature de l'opération", "Débit", "Crédit", "Libellé interbancaire"),
    ),
    ("fortuneo", ("Date opération", "Date valeur", "libellé", "Débit", "Crédit")),
    (
        "shine",
        (
            "Transaction ID",
            "Date d'opération",
            "Type de transaction",
            "Débit",
            "Crédit",
            "Nom de la contrepartie",
        ),
    ),
    (
        "societe-generale",
        ("Date de l'opération", "Libellé", "Détail de l'écriture", "Montant de l'opération"),
    ),
    (
        "bnp",
        ("Date operation", "Libelle court", "Libelle operation", "Montant operation en euro"),
    ),
    ("boursobank", ("dateOp", "dateVal", "label", "amount", "accountNum")),
    ("qonto", ("Statut", "Date de l'opération (UTC)", "Montant total (TTC)")),
    ("qonto", ("Status", "Settlement date (UTC)", "Total amount (incl. VAT)")),
    ("revolut", ("Type", "Product", "Started Date", "Completed Date", "Amount", "Fee", "State")),
    ("revolut", ("Date started (UTC)", "Date completed (UTC)", "Payment currency", "Amount")),
    ("revolut", ("Art", "Produkt", "Datum des Beginns", "Betrag", "Gebühr", "Kontostand")),
    ("revolut", ("Type", "Produit", "Date de début", "Date de fin", "Montant", "Frais", "Solde")),
    ("wise", ("TransferWise ID", "Date", "Amount", "Currency", "Running Balance")),
    ("wise-transfers", ("ID", "Status", "Direction", "Source amount (after fees)")),
    ("wise-transfers", ("ID", "Status", "Richtung", "Ausgangsbetrag (nach Gebühren)")),
    ("paypal", ("Date", "Heure", "Fuseau horaire", "Nom", "Type", "Net")),
    ("paypal", ("Date", "Heure", "Fuseau horaire", "Description", "Net")),
    ("paypal", ("Date", "Time", "Time Zone", "Name", "Type", "Gross", "Fee", "Net")),
    ("paypal", ("Date", "Time", "Time Zone", "Description", "Gross", "Fee", "Net")),
    ("n26", ("Booking Date", "Value Date", "Partner Name", "Partner Iban", "Amount (EUR)")),
    ("n26", ("Date", "Bénéficiaire", "Numéro de compte", "Montant (EUR)")),
    ("n26", ("Date", "Payee", "Account number", "Amount (EUR)")),
)
SHAPES = frozenset({"bnp", "lcl"})
"""Profiles known by the shape of their rows, without headings."""

FOREIGN_ACCOUNT = frozenset({"n26"})
"""Profiles whose account is the one each row pays, not theirs."""

SIGNED = SHAPES | {name for name, _headings in _PROFILES}
"""Profiles whose minus goes out of the account, whether or not a file has one."""

_MISSPELT_FROM = 6
"""Headings from which one may be missing: banks misspell their own."""

_ALONE = frozenset({"cic", "fortuneo"})
"""Profiles whose headings are so plain that a file must have no other."""

FEE_APART = frozenset({"revolut", "wise-transfers"})
"""Profiles whose fee comes on top of the amount when no balance tells."""


def profile_of(headings: Sequence[str]) -> str:
    """Return the profile whose headings a file has; ``"autre"`` when none."""
    held = {plain for heading in headings if (plain := plain_heading(heading))}
    best = "autre"
    size = 0
    for name, wanted in _PROFILES:
        missing = [plain for each in wanted if (plain := plain_heading(each)) not in held]
        if len(wanted) <= size or (name in _ALONE and len(held) != len(wanted)):
            continue
        if not missing or (len(wanted) >= _MISSPELT_FROM and _is_misspelt(missing, held)):
            best, size = name, len(wanted)
    return best


def _is_misspelt(missing: Sequence[str], held: AbstractSet[str]) -> bool:
    """Tell whether the one heading that is missing is there under a near name."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  -- only for headings nobody knows

    if len(missing) > 1:
        return False
    return process.extractOne(missing[0], held, scorer=fuzz.ratio, score_cutoff=70) is not None
