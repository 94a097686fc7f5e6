"""Adding and renaming accounts, journals, parties and analytic sections."""

import re
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import Nature
from cantine_desktop.finance.ledger.model import (
    Account,
    Axis,
    Journal,
    JournalKind,
    Line,
    Party,
    PartyKind,
    Section,
)
from cantine_desktop.i18n import tr
from cantine_desktop.values.text import fold

_NUMBER = re.compile(r"[1-8][0-9]{2}[0-9A-Z]{0,14}", re.ASCII)
_JOURNAL = re.compile(r"[A-Z0-9]{2,3}", re.ASCII)
_SECTION = re.compile(r"[A-Z0-9-]{2,16}", re.ASCII)
_LONGEST_CODE = 17
_WORDY_CODE = 12


class Settlement(NamedTuple):
    """How the lines of a new account are kept.

    Attributes:
        has_parties: Each line names somebody.
        is_lettered: Lines settle each other.
    """

    has_parties: bool = False
    is_lettered: bool = False


def add_account(
    session: Session, number: str, title: str, settlement: Settlement | None = None
) -> Account:
    """Add an account under one that exists; it is kept as its nearest relative is.

    Args:
        session: The session of an action.
        number: Three to seventeen digits or capitals, of class 1 to 8.
        title: In French.
        settlement: How its lines are kept; ``None`` as its relative.

    Raises:
        UserError: The number is taken, malformed, or under no account of the chart.
    """
    number = "".join(number.split()).upper()
    if not _NUMBER.fullmatch(number):
        raise UserError(
            tr(
                "Un compte a trois à dix-sept chiffres, dont le premier va de 1 à 8 : « {number} »."
            ).format(number=number)
        )
    model = _relative(session, number)
    if model.number == number:
        raise UserError(
            tr("Le compte {number} existe déjà : {title}.").format(number=number, title=model.title)
        )
    kept = settlement or Settlement(model.has_parties, model.is_lettered)
    account = Account(
        number=number,
        title=_required(title),
        nature=model.nature,
        has_parties=kept.has_parties,
        is_lettered=kept.is_lettered,
        is_lucrative=model.is_lucrative,
        asks_project=model.asks_project,
    )
    session.add(account)
    session.flush()
    return account


def _relative(session: Session, number: str) -> Account:
    """Return the account that shares the most first digits with a number, two at least.

    Raises:
        UserError: No account of the chart does.
    """
    found = list(session.scalars(select(Account).where(Account.number.startswith(number[:3]))))
    found = found or list(
        session.scalars(select(Account).where(Account.number.startswith(number[:2])))
    )
    if not found:
        raise UserError(
            tr("Le compte {number} n’est rattaché à aucun compte du plan comptable.").format(
                number=number
            )
        )
    ranked = sorted(found, key=_number_of)
    return max(ranked, key=_Likeness(number))


def _number_of(account: Account) -> str:
    return account.number


class _Likeness:
    """Counts the first digits an account shares with a number."""

    def __init__(self, number: str) -> None:
        self.number = number

    def __call__(self, account: Account) -> tuple[int, bool]:
        shared = 0
        for mine, theirs in zip(account.number, self.number, strict=False):
            if mine != theirs:
                break
            shared += 1
        return shared, account.number == self.number


def rename_account(session: Session, account: Account, title: str) -> None:
    """Give an account another title; it holds for every year.

    Raises:
        UserError: The title is empty.
    """
    account.title = _required(title)
    session.flush()


def retire_account(session: Session, account: Account, *, is_active: bool) -> None:
    """Offer an account no more in lists, or again; its entries stay."""
    account.is_active = is_active
    session.flush()


def is_used(session: Session, account: Account) -> bool:
    """Tell whether an account has lines."""
    query = select(Line.id).where(Line.account_id == account.id).limit(1)
    return session.scalar(query) is not None


def find_account(session: Session, number: str) -> Account | None:
    """Return the account of a number."""
    return session.scalar(select(Account).where(Account.number == number))


def accounts(session: Session, beginning: str = "", nature: Nature | None = None) -> list[Account]:
    """Return the accounts still offered, by number."""
    query = select(Account).where(Account.is_active).order_by(Account.number)
    if beginning:
        query = query.where(Account.number.startswith(beginning))
    if nature is not None:
        query = query.where(Account.nature == nature)
    return list(session.scalars(query))


def add_journal(session: Session, code: str, title: str, kind: JournalKind) -> Journal:
    """Add a journal: a second bank, a second till.

    Raises:
        UserError: The code is taken or malformed, or a second journal of openings is asked.
    """
    code = code.strip().upper()
    if not _JOURNAL.fullmatch(code):
        raise UserError(tr("Un code de journal a deux ou trois lettres ou chiffres : « BQ2 »."))
    if session.scalar(select(Journal.id).where(Journal.code == code)) is not None:
        raise UserError(tr("Le journal « {code} » existe déjà.").format(code=code))
    if kind is JournalKind.OPENING:
        raise UserError(tr("Il n’y a qu’un journal d’à-nouveaux."))
    journal = Journal(code=code, title=_required(title), kind=kind)
    session.add(journal)
    session.flush()
    return journal


def rename_journal(session: Session, journal: Journal, title: str) -> None:
    """Give a journal another title.

    Raises:
        UserError: The title is empty.
    """
    journal.title = _required(title)
    session.flush()


def find_or_add_party(session: Session, name: str, kind: PartyKind) -> Party:
    """Return the party of a name, whatever its case and accents; made when nobody has it.

    Args:
        session: The session of an action.
        name: As the invoice or the contract writes it.
        kind: What it is when it is new; one that is known keeps its own.

    Raises:
        UserError: The name is empty.
    """
    name = _required(name)
    key = _plain_name(name)
    codes: set[str] = set()
    for party in session.scalars(select(Party)):
        codes.add(party.code)
        if _plain_name(party.name) == key or (party.code == name.upper() and party.is_active):
            return party
    party = Party(code=_free_code(name, codes), name=name, kind=kind)
    session.add(party)
    session.flush()
    return party


def rename_party(session: Session, party: Party, name: str) -> None:
    """Give a party another name; its code stays, entries keep it.

    Raises:
        UserError: The name is empty.
    """
    party.name = _required(name)
    session.flush()


def parties(session: Session, kind: PartyKind | None = None) -> list[Party]:
    """Return the parties still offered, by name."""
    query = select(Party).where(Party.is_active).order_by(Party.name, Party.id)
    if kind is not None:
        query = query.where(Party.kind == kind)
    return list(session.scalars(query))


def _plain_name(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


def _free_code(name: str, taken: set[str]) -> str:
    plain = "".join(c for c in fold(name).upper() if c.isascii() and c.isalnum())
    base = plain[:_WORDY_CODE] or "TIERS"
    if base not in taken:
        return base
    number = 2
    while f"{base[: _LONGEST_CODE - 3]}{number}" in taken:
        number += 1
    return f"{base[: _LONGEST_CODE - 3]}{number}"


def add_section(session: Session, axis: Axis, code: str, title: str) -> Section:
    """Add a value of an analytic axis: an activity, or a project.

    Raises:
        UserError: The code is taken or malformed.
    """
    code = code.strip().upper()
    if not _SECTION.fullmatch(code):
        raise UserError(tr("Un code de section a deux à seize lettres ou chiffres : « REPAS »."))
    if session.scalar(select(Section.id).where(Section.code == code)) is not None:
        raise UserError(tr("La section « {code} » existe déjà.").format(code=code))
    section = Section(axis=axis, code=code, title=_required(title))
    session.add(section)
    session.flush()
    return section


def sections(session: Session, axis: Axis) -> list[Section]:
    """Return the sections of an axis still offered, in the order they were made."""
    query = select(Section).where(Section.axis == axis, Section.is_active)
    return list(session.scalars(query.order_by(Section.id)))


def rename_section(session: Session, section: Section, title: str) -> None:
    """Give a section another title.

    Raises:
        UserError: The title is empty.
    """
    section.title = _required(title)
    session.flush()


def _required(text: str) -> str:
    plain = " ".join(text.split())
    if not plain:
        raise UserError(tr("Donnez un nom."))
    return plain
