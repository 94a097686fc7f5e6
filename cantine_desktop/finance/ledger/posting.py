"""Writing entries as drafts, changing and removing them until they are validated.

Nothing else in the application makes an ``Entry`` or a ``Line``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import Numbering, renumbered
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    LetteredLine,
    Line,
    Party,
    Section,
)
from cantine_desktop.finance.ledger.pointing import refuse_pointed_at
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.storage.kept import kept
from cantine_desktop.values.money import Money

LARGEST = 10**13
"""Cents of a line at most: sums of a million lines still fit in what a database counts."""
ZERO = Money(0)

Named = TypeVar("Named", Account, Journal, Section)


@dataclass(frozen=True)
class DraftLine:
    """A line to write.

    Attributes:
        account: Its number in the numbering from 2025, or a ``Role``; translated for a
            year kept in the numbering before.
        debit: Amount, or zero.
        credit: Amount, or zero; one of both is not zero, none is negative.
        party: Key of the party, asked for by accounts that have parties.
        activity: Code of a section of the axis of activities, or empty.
        project: Code of a section of the axis of projects, or empty.
    """

    account: str
    debit: Money = ZERO
    credit: Money = ZERO
    party: int | None = None
    label: str = ""
    activity: str = ""
    project: str = ""
    due_day: date | None = None


@dataclass(frozen=True)
class DraftEntry:
    """An entry to write; its lines balance to the cent.

    Attributes:
        journal: Code of the journal.
        piece_ref: What proves it, never empty.
        piece_day: Day of that proof; ``None`` is the day of the entry.
        fact: One word of what happened: ``"takings"``.
        origin: Table and key of the record it comes from.
    """

    journal: str
    day: date
    label: str
    piece_ref: str
    lines: Sequence[DraftLine] = field(default_factory=tuple)
    piece_day: date | None = None
    fact: str = ""
    origin: tuple[str, int] | None = None


def debit(account: str, amount: Money, **more: object) -> DraftLine:
    """Return a line at the debit; a negative amount goes to the credit."""
    return _line(account, amount, more)


def credit(account: str, amount: Money, **more: object) -> DraftLine:
    """Return a line at the credit; a negative amount goes to the debit."""
    return _line(account, -amount, more)


def _line(account: str, amount: Money, more: dict[str, object]) -> DraftLine:
    taken, given = (amount, ZERO) if amount.cents > 0 else (ZERO, -amount)
    return DraftLine(account, taken, given, **more)  # type: ignore[arg-type]


def post(session: Session, draft: DraftEntry) -> Entry:
    """Write an entry as a draft; lines of nothing are left out.

    Args:
        session: The session of an action.
        draft: What to write.

    Raises:
        UserError: It does not balance, names an unknown account, journal, party or section,
            or falls in a locked period.
    """
    year = year_of(session, draft.day)
    refuse_locked(year, draft.day)
    journal = _known(session, Journal, Journal.code, {draft.journal}).get(draft.journal)
    if journal is None:
        raise UserError(tr("Le journal « {code} » n’existe pas.").format(code=draft.journal))
    if not draft.piece_ref.strip() or not draft.label.strip():
        raise UserError(tr("Une écriture porte un libellé et la référence de sa pièce."))
    entry = Entry(
        fiscal_year_id=year.id,
        journal_id=journal.id,
        day=draft.day,
        label=_plain(draft.label),
        piece_ref=_plain(draft.piece_ref),
        piece_day=draft.piece_day or draft.day,
        fact=draft.fact,
        origin_table=draft.origin[0] if draft.origin else "",
        origin_key=draft.origin[1] if draft.origin else None,
    )
    entry.lines = _lines(session, year.numbering, draft.lines)
    session.add(entry)
    session.flush()
    return entry


def change(session: Session, entry: Entry, draft: DraftEntry) -> Entry:
    """Write a draft entry again, as another says; its key changes.

    Raises:
        UserError: The entry is validated, or the draft is refused as in ``post``.
    """
    remove(session, entry)
    return post(session, draft)


def remove(session: Session, entry: Entry) -> None:
    """Remove an entry that is still a draft, and the letterings of its lines.

    Raises:
        UserError: The entry is validated: only a reversal takes it back; or something still
            points at it: a deposit, a count, a match, a piece.
    """
    if entry.is_sealed:
        raise UserError(
            tr("Cette écriture est validée : elle ne s’efface pas, elle se contre-passe.")
        )
    year = session.get_one(FiscalYear, entry.fiscal_year_id)
    refuse_locked(year, entry.day)
    refuse_pointed_at(session, entry)
    keys = [line.id for line in entry.lines]
    for lettered in session.scalars(select(LetteredLine).where(LetteredLine.line_id.in_(keys))):
        _unletter(session, lettered.lettering_id)
    session.delete(entry)
    session.flush()


def _unletter(session: Session, lettering_id: int) -> None:
    rows = select(LetteredLine).where(LetteredLine.lettering_id == lettering_id)
    for row in session.scalars(rows):
        session.delete(row)


def refuse_locked(year: FiscalYear, day: date) -> None:
    """Let an entry of a day pass.

    Raises:
        UserError: The year is closed, or the day lies in a closed month.
    """
    if year.is_sealed:
        raise UserError(
            tr("L’exercice du {day} est clos : datez l’écriture de l’exercice suivant.").format(
                day=long_day(day)
            )
        )
    if year.locked_until is not None and day < year.locked_until:
        raise UserError(
            tr(
                "Les comptes sont arrêtés avant le {until} : le {day} ne reçoit plus d’écriture. "
                "Datez-la du {until}, ou rouvrez le mois avec une raison."
            ).format(until=long_day(year.locked_until), day=long_day(day))
        )


def _lines(session: Session, numbering: Numbering, drafts: Sequence[DraftLine]) -> list[Line]:
    kept = [line for line in drafts if line.debit or line.credit]
    _require_balance(kept)
    numbers = {line.account: renumbered(str(line.account), numbering) for line in kept}
    accounts = _known(session, Account, Account.number, set(numbers.values()))
    sections = _sections(session, {c for line in kept for c in (line.activity, line.project)})
    return [
        Line(
            rank=rank,
            account_id=_account(accounts, numbers[line.account], line, session).id,
            debit=line.debit,
            credit=line.credit,
            party_id=line.party,
            label=_plain(line.label),
            activity_id=sections[line.activity],
            project_id=sections[line.project],
            due_day=line.due_day,
        )
        for rank, line in enumerate(kept, 1)
    ]


def _require_balance(lines: Sequence[DraftLine]) -> None:
    if len(lines) < 2:
        raise UserError(tr("Une écriture a deux lignes au moins, d’un montant non nul."))
    if any(min(line.debit.cents, line.credit.cents) < 0 for line in lines):
        raise UserError(tr("Un montant d’écriture n’est pas négatif : changez-le de côté."))
    if any(max(line.debit.cents, line.credit.cents) > LARGEST for line in lines):
        raise UserError(tr("Ce montant est trop grand pour être juste : vérifiez-le."))
    if any(line.debit and line.credit for line in lines):
        raise UserError(tr("Une ligne est au débit ou au crédit, jamais aux deux."))
    gap = sum(line.debit.cents - line.credit.cents for line in lines)
    if gap:
        raise UserError(
            tr("L’écriture n’est pas équilibrée : il y a {gap} d’écart.").format(
                gap=money(Money(abs(gap)))
            )
        )


def _account(
    accounts: dict[str, Account], number: str, line: DraftLine, session: Session
) -> Account:
    account = accounts.get(number)
    if account is None:
        raise UserError(tr("Le compte {number} n’existe pas.").format(number=number))
    if account.has_parties and line.party is None:
        raise UserError(
            tr("Le compte {number} demande un tiers : fournisseur, client…").format(number=number)
        )
    if line.party is not None and not _is_party(session, line.party):
        raise UserError(tr("Ce tiers n’existe pas."))
    return account


def _is_party(session: Session, key: int) -> bool:
    return kept(session, Party, key, partial(session.get, Party, key)) is not None


def known_accounts(session: Session, numbers: Iterable[str]) -> dict[str, Account]:
    """Return the accounts of some numbers, as they are numbered in the book; others lack."""
    return _known(session, Account, Account.number, {str(number) for number in numbers})


def _sections(session: Session, codes: Iterable[str]) -> dict[str, int | None]:
    wanted = {code for code in codes if code}
    known = _known(session, Section, Section.code, wanted)
    found: dict[str, int | None] = {code: known[code].id for code in wanted & set(known)}
    if missing := wanted - set(found):
        raise UserError(
            tr("La section « {code} » n’existe pas.").format(code=", ".join(sorted(missing)))
        )
    return found | {"": None}


def _known(
    session: Session, model: type[Named], named: InstrumentedAttribute[str], names: set[str]
) -> dict[str, Named]:
    """Return rows by name; a session that wrote many entries does not ask twice for them."""
    known: dict[str, Named] = session.info.setdefault(f"named:{model.__tablename__}", {})
    found = {
        name: row
        for name in names
        if (row := known.get(name)) is not None
        and row in session
        and getattr(row, named.key) == name
    }
    if wanted := names - set(found):
        rows = session.scalars(select(model).where(named.in_(wanted)))
        found.update({getattr(row, named.key): row for row in rows})
        known.update(found)
    return found


def _plain(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
