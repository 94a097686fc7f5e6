"""The bank and the cash of a month for the accountant."""

from sqlalchemy import select

from cantine_desktop.finance.bank.model import AccountKind, BankAccount, BankLine, BankStatement
from cantine_desktop.finance.cash.queries import cash_book
from cantine_desktop.finance.ledger.model import Entry, Journal
from cantine_desktop.finance.matching.model import Match, MatchedBankLine
from cantine_desktop.finance.matching.reconciliation import (
    OpenLine,
    Reconciliation,
)
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.tabs import Cell, Tab, amount, day, text
from cantine_desktop.finance.pieces.naming import plain_name
from cantine_desktop.i18n import short_day
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.values.money import Money


def bank_accounts(month: Month) -> list[BankAccount]:
    """Return the accounts that are followed, by name."""
    query = select(BankAccount).where(BankAccount.is_active).order_by(BankAccount.name)
    return list(month.session.scalars(query))


_BANKS = (AccountKind.BANK, AccountKind.SAVINGS)
"""Accounts whose statements are handed over; payment services name the people who paid."""


def statements(month: Month) -> list[tuple[str, Attachment]]:
    """Return the files the bank gave that speak of the month, each under a name of its own."""
    query = (
        select(BankStatement, Attachment)
        .join(BankAccount, BankStatement.bank_account_id == BankAccount.id)
        .join(Attachment, BankStatement.attachment_id == Attachment.id)
        .where(
            BankAccount.kind.in_(_BANKS),
            BankStatement.first <= month.period.last,
            BankStatement.last >= month.period.first,
        )
        .order_by(BankAccount.name, BankStatement.first, BankStatement.id)
    )
    found: dict[str, Attachment] = {}
    seen: set[str] = set()
    for statement, attachment in month.session.execute(query):
        if attachment.sha256 in seen:
            continue
        seen.add(attachment.sha256)
        name = plain_name(statement.file_name)
        taken = {known.casefold() for known in found}
        found[name if name.casefold() not in taken else f"{statement.id}_{name}"] = attachment
    return list(found.items())


_OF_BANK = (
    text("Compte", 22),
    day("Date"),
    day("Date de valeur"),
    text("Libellé de la banque", 48),
    text("Référence", 18),
    amount("Montant"),
    amount("Frais retenus"),
    text("Pointée avec", 40),
    text("Écriture"),
)


def bank_tab(month: Month) -> Tab:
    """Return the lines of the bank, with what each was matched to (relevés)."""
    query = (
        select(BankAccount.name, BankLine, Match.title, Journal.code, Entry.number)
        .join(BankAccount, BankLine.bank_account_id == BankAccount.id)
        .outerjoin(MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id)
        .outerjoin(Match, MatchedBankLine.match_id == Match.id)
        .outerjoin(Entry, MatchedBankLine.entry_id == Entry.id)
        .outerjoin(Journal, Entry.journal_id == Journal.id)
        .where(BankLine.day >= month.period.first, BankLine.day < month.period.end)
        .order_by(BankAccount.name, BankLine.day, BankLine.id)
    )
    rows: list[tuple[Cell, ...]] = []
    for name, line, title, journal, number in month.session.execute(query):
        entry = f"{journal} {number or 'brouillon'}" if journal else ""
        rows.append((
            name,
            line.day,
            line.value_day,
            line.label,
            line.reference,
            line.amount,
            line.fee or None,
            title or "non pointée",
            entry,
        ))
    return Tab(
        "bank",
        "Lignes de banque",
        _OF_BANK,
        rows,
        "Aucune ligne de banque importée ce mois-ci.",
        "Montant positif : entrée d’argent.",
    )


def reconciliation_tab(month: Month) -> Tab:
    """Return why bank and ledger differ at the end of the month (rapprochement bancaire)."""
    rows: list[tuple[Cell, ...]] = []
    for each in month.banks:
        head = (each.account, each.number)
        last = month.period.last
        bank = each.bank_balance
        said = "Solde de la banque" if bank is not None else "Solde de la banque : inconnu"
        rows.append((*head, said, last, "", "", bank))
        rows += [(*head, "Banque seulement", *_open(line)) for line in each.only_bank]
        rows += [(*head, "Comptes seulement", *_open(line)) for line in each.only_ledger]
        if each.opening_gap:
            before = "Écart antérieur aux relevés importés"
            rows.append((*head, before, None, "", "", each.opening_gap))
        rows.append((*head, "Solde des comptes", last, "", "", each.ledger_balance))
        rows.append((*head, "Écart non expliqué", last, "", "", _unexplained(each)))
    return Tab(
        "reconciliation",
        "Rapprochement bancaire",
        (
            text("Compte", 22),
            text("N° de compte"),
            text("Nature", 36),
            day("Date"),
            text("Libellé", 48),
            text("Référence", 18),
            amount("Montant", total=False),
        ),
        rows,
        "Aucun compte bancaire n’est suivi.",
        f"Au {short_day(month.period.last)}. Solde de la banque = solde des comptes "
        "+ banque seulement − comptes seulement + écarts.",
    )


def _open(line: OpenLine) -> tuple[Cell, ...]:
    return (line.day, line.label, line.reference, line.amount)


def _unexplained(each: Reconciliation) -> Money | None:
    return None if each.bank_balance is None else each.unexplained


def cash_tab(month: Month) -> Tab:
    """Return the cash book of the month (livre de caisse)."""
    book = cash_book(month.session, month.period)
    opening = (month.period.first, "", "Solde à l’ouverture", None, None, book.opening)
    lines = [
        (
            line.day,
            line.reference,
            line.label,
            line.paid_in or None,
            line.paid_out or None,
            line.held,
        )
        for line in book.lines
    ]
    return Tab(
        "cash",
        "Caisse",
        (
            day("Date"),
            text("Référence", 18),
            text("Libellé", 48),
            amount("Entrée"),
            amount("Sortie"),
            amount("En caisse", total=False),
        ),
        [opening, *lines] if lines or book.opening else [],
        "La caisse n’a pas bougé et ne contient rien.",
        f"En caisse au {short_day(month.period.last)} : voir la dernière ligne.",
    )
