"""Banks and services known by the headings of their files, and what is sure of them.

Sources: importers of public projects; see the tests for each.
"""

from collections.abc import Sequence

from cantine_desktop.finance.bank.csv_words import plain_heading

_PROFILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("credit-mutuel", ("Date", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde")),
    ("credit-mutuel", ("Date", "Date de valeur", "Montant", "Libellé", "Solde")),
    ("bpce", ("Date de comptabilisation", "Libelle simplifie", "Libelle operation", "Debit")),
    ("bpce-pro", ("Date", "Numéro d'opération", "Libellé", "Débit", "Crédit", "Détail")),
    ("banque-postale", ("Date", "Libellé", "Montant(EUROS)")),
    ("credit-agricole", ("Date", "Libellé", "Débit Euros", "Crédit Euros")),
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
    ("paypal", ("Date", "Time", "Time Zone", "Name", "Type", "Gross", "Fee", "Net")),
    ("n26", ("Booking Date", "Value Date", "Partner Name", "Partner Iban", "Amount (EUR)")),
)
SIGNED = frozenset(name for name, _headings in _PROFILES)
"""Profiles whose minus goes out of the account, whether or not a file has one."""

_MISSPELT_FROM = 6
"""Headings from which one may be missing: banks misspell their own."""

FEE_APART = frozenset({"revolut", "wise-transfers"})
"""Profiles whose fee comes on top of the amount when no balance tells."""


def profile_of(headings: Sequence[str]) -> str:
    """Return the profile whose headings a file has; ``"autre"`` when none."""
    held = {plain_heading(heading) for heading in headings}
    best = "autre"
    size = 0
    for name, wanted in _PROFILES:
        missing = sum(plain_heading(each) not in held for each in wanted)
        if len(wanted) > size and missing <= (len(wanted) >= _MISSPELT_FROM):
            best, size = name, len(wanted)
    return best
