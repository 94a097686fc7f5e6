"""The ledger for the accountant: trial balances, the ledger account by account, the entries."""

from cantine_desktop.finance.ledger.queries import AccountLine, lines_behind, party_balances
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.tabs import CLOSING, Cell, Tab, amount, day, text
from cantine_desktop.i18n import short_day
from cantine_desktop.values.money import Money

NO_ENTRY = "Aucune écriture ce mois-ci."


def balance_tab(month: Month) -> Tab:
    """Return the trial balance of the month (balance générale)."""
    return Tab(
        "balance",
        "Balance générale",
        (
            text("Compte"),
            text("Intitulé", 44),
            amount("Solde à l’ouverture"),
            amount("Débit"),
            amount("Crédit"),
            CLOSING,
        ),
        [
            (line.number, line.title, line.opening, line.debit, line.credit, line.closing)
            for line in month.trial
        ],
        "Aucun compte n’a bougé.",
        _between(month) + " Solde positif : débiteur.",
    )


def _between(month: Month) -> str:
    first, last = short_day(month.period.first), short_day(month.period.last)
    return f"Du {first} au {last}, brouillons compris."


def party_tab(month: Month) -> Tab:
    """Return what each supplier, customer… owes or is owed (balance auxiliaire)."""
    return Tab(
        "party-balance",
        "Balance auxiliaire",
        (
            text("Compte"),
            text("Intitulé", 30),
            text("Tiers"),
            text("Nom", 36),
            amount("Solde à l’ouverture"),
            amount("Débit"),
            amount("Crédit"),
            CLOSING,
        ),
        [
            (b.number, b.title, b.code, b.name, b.opening, b.debit, b.credit, b.closing)
            for b in party_balances(month.session, month.period)
        ],
        "Aucun tiers n’a bougé.",
        _between(month) + " Solde positif : dû à la cantine.",
    )


_OF_ACCOUNTS = (
    text("Compte"),
    text("Intitulé", 30),
    day("Date"),
    text("Journal", 9),
    text("N°", 10),
    text("Pièce"),
    text("Libellé", 44),
    text("Tiers", 24),
    amount("Débit"),
    amount("Crédit"),
    amount("Solde", total=False),
    text("Lettrage", 9),
)


def accounts_tab(month: Month) -> Tab:
    """Return every line account by account, with the running balance (grand livre)."""
    behind: dict[str, list[AccountLine]] = {}
    for line in lines_behind(month.session, month.period, opening=False):
        behind.setdefault(line.account, []).append(line)
    carried = f"Solde au {short_day(month.period.first)}"
    rows: list[tuple[Cell, ...]] = []
    for account in month.trial:
        head, balance = (account.number, account.title), account.opening
        rows.append((*head, month.period.first, "", "", "", carried, "", None, None, balance, ""))
        for line in behind.get(account.number, ()):
            balance += line.amount
            rows.append(_account_row(line, balance))
    return Tab(
        "accounts",
        "Grand livre",
        _OF_ACCOUNTS,
        rows,
        NO_ENTRY,
        _between(month),
    )


def _account_row(line: AccountLine, balance: Money) -> tuple[Cell, ...]:
    return (
        line.account,
        line.title,
        line.day,
        line.journal,
        str(line.number or "brouillon"),
        line.piece_ref,
        line.label,
        line.party,
        _side(line.debit),
        _side(line.credit),
        balance,
        line.letter,
    )


_OF_ENTRIES = (
    text("Journal", 9),
    text("N°", 10),
    day("Date"),
    text("Pièce", 18),
    day("Date pièce"),
    text("Compte"),
    text("Intitulé", 30),
    text("Tiers"),
    text("Nom", 24),
    text("Libellé", 44),
    amount("Débit"),
    amount("Crédit"),
    text("Lettrage", 9),
    day("Échéance"),
    text("Activité"),
    text("Projet"),
    day("Validée le"),
    text("N° justificatif"),
    text("Fichier du justificatif", 44),
)


def entries_tab(month: Month, files: dict[int, tuple[str, str]]) -> Tab:
    """Return every entry line by line, with accounts, analytic sections and pieces (journaux).

    Args:
        month: The month.
        files: Numbers and file names of the pieces of an entry, by key of the entry.
    """
    rows: list[tuple[Cell, ...]] = []
    for line in month.lines:
        numbers, names = files.get(line.entry_id, ("", ""))
        rows.append((
            line.journal,
            line.number or "brouillon",
            line.day,
            line.piece,
            line.piece_day,
            line.account,
            line.account_title,
            line.party,
            line.party_name,
            line.label,
            _cents(line.debit),
            _cents(line.credit),
            line.lettering,
            line.due_day,
            line.activity,
            line.project,
            line.validated_on,
            numbers,
            names,
        ))
    return Tab(
        "entries",
        "Journaux",
        _OF_ENTRIES,
        rows,
        NO_ENTRY,
        _between(month),
    )


def _cents(cents: int) -> Money | None:
    return Money(cents) if cents else None


def _side(side: Money) -> Money | None:
    return side or None
