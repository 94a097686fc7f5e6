"""The ledger for other programs: every line as a table, every entry as plain text."""

from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, csv_export
from cantine_desktop.finance.ledger.beancount_text import write_beancount
from cantine_desktop.finance.ledger.lines import journal_lines
from cantine_desktop.finance.ledger.plain_text import write_plain_text
from cantine_desktop.finance.ledger.trial import trial_balance
from cantine_desktop.i18n import mark
from cantine_desktop.values.period import Period

LINE_HEADINGS = (
    "journal",
    "numero",
    "jour",
    "piece",
    "compte",
    "intitule",
    "tiers",
    "libelle",
    "debit",
    "credit",
    "lettrage",
    "activite",
    "projet",
)
"""Columns of the lines, the same in every language: other programs rely on them."""
TRIAL_HEADINGS = ("compte", "intitule", "ouverture", "debit", "credit", "solde")


def table_of_lines(session: Session, period: Period, _now: datetime) -> Table:
    """Return every line of a period, journal after journal; a draft has no number."""
    return Table(
        LINE_HEADINGS,
        (
            (
                line.journal,
                line.number,
                line.day,
                line.piece_ref,
                line.account,
                line.title,
                line.party_code,
                line.label,
                line.debit,
                line.credit,
                line.letter,
                line.activity,
                line.project,
            )
            for line in journal_lines(session, period)
        ),
    )


def table_of_balances(session: Session, period: Period, _now: datetime) -> Table:
    """Return what each account held, moved and holds; balances are debit less credit."""
    return Table(
        TRIAL_HEADINGS,
        (
            (line.number, line.title, line.opening, line.debit, line.credit, line.closing)
            for line in trial_balance(session, period)
        ),
    )


EXPORTS: tuple[Export, ...] = (
    csv_export("ledger-lines", mark("Lignes d’écriture"), table_of_lines, "finance"),
    csv_export("trial-balance", mark("Balance générale"), table_of_balances, "finance"),
    Export(
        "ledger-journal",
        mark("Écritures en texte (hledger, ledger)"),
        ".journal",
        write_plain_text,
        "finance",
    ),
    Export(
        "ledger-beancount",
        mark("Écritures en texte (beancount)"),
        ".beancount",
        write_beancount,
        "finance",
    ),
)
IMPORTS: tuple[Import, ...] = ()
