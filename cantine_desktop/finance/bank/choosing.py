"""Which account a part of a file is about: its number, the one account there is, or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.accounts import account_for, add_bank_account
from cantine_desktop.finance.bank.ibans import shown
from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.finance.bank.remembering import memory_of
from cantine_desktop.i18n import tr

_KINDS = {
    "csv:sumup": AccountKind.CARD_TERMINAL,
    "csv:helloasso": AccountKind.HELLOASSO,
    "csv:helloasso-paiements": AccountKind.HELLOASSO,
    "csv:stripe": AccountKind.ONLINE_PAYMENTS,
    "csv:versements": AccountKind.ONLINE_PAYMENTS,
    "csv:paypal": AccountKind.ONLINE_PAYMENTS,
}
_NAMES = {
    "csv:sumup": "SumUp",
    "csv:helloasso": "HelloAsso",
    "csv:helloasso-paiements": "HelloAsso",
    "csv:stripe": "Stripe",
    "csv:versements": "Paiements en ligne",
    "csv:paypal": "PayPal",
    "csv:credit-mutuel": "Crédit Mutuel",
    "csv:bpce": "BPCE",
    "csv:bpce-pro": "BPCE",
    "csv:banque-postale": "La Banque Postale",
    "csv:credit-agricole": "Crédit Agricole",
    "csv:societe-generale": "Société Générale",
    "csv:bnp": "BNP Paribas",
    "csv:boursobank": "BoursoBank",
    "csv:qonto": "Qonto",
    "csv:revolut": "Revolut",
    "csv:wise": "Wise",
    "csv:n26": "N26",
    "csv:cic": "CIC",
    "csv:fortuneo": "Fortuneo",
    "csv:shine": "Shine",
    "csv:lcl": "LCL",
}
_BANKS = {
    "20041": "La Banque Postale",
    "10278": "Crédit Mutuel",
    "30066": "CIC",
    "30004": "BNP Paribas",
    "30003": "Société Générale",
    "30002": "LCL",
    "42559": "Crédit Coopératif",
    "40618": "BoursoBank",
    "16958": "Qonto",
    "17515": "Caisse d’Épargne",
    "20433": "N26",
}
"""Names of some banks by the code their French IBANs begin with; only proposed, to be changed."""


@dataclass
class Part:
    """What a file holds about one account in one currency.

    Attributes:
        account: The number the file gives, or empty.
        iban: Its IBAN, given or worked out.
    """

    account: str
    iban: str
    currency: str
    statements: list[ReadStatement] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The best number there is."""
        return self.iban or self.account

    @property
    def form(self) -> str:
        """What was read."""
        return self.statements[0].form

    @property
    def kind(self) -> AccountKind:
        """What holds the money, most likely."""
        return _KINDS.get(self.form, AccountKind.BANK)

    @property
    def count(self) -> int:
        """How many lines it has."""
        return sum(len(each.lines) for each in self.statements)

    @property
    def name(self) -> str:
        """How the account could be called."""
        bank = _BANKS.get(self.iban[4:9], "") if self.iban.startswith("FR") else ""
        name = bank or _NAMES.get(self.form, "") or tr("Compte bancaire")
        unit = "" if self.currency == "EUR" else f" {self.currency}"
        return f"{name}{unit} …{self.number[-4:]}" if self.number and not bank else f"{name}{unit}"

    @property
    def words(self) -> str:
        """The account in words: its number in groups of four."""
        unit = "" if self.currency == "EUR" else f" ({self.currency})"
        return (shown(self.number) or tr("sans numéro de compte")) + unit


def parts_of(statements: Sequence[ReadStatement]) -> list[Part]:
    """Return what statements hold, account by account; those in euros first.

    Statements without lines nor balance that only carry remarks go with the first part.
    """
    found: dict[tuple[str, str], Part] = {}
    loose: list[ReadStatement] = []
    for each in statements:
        if not each.lines and each.closing is None and not each.account:
            loose.append(each)
            continue
        key = (each.iban or each.account, each.currency)
        part = found.setdefault(key, Part(each.account, each.iban, each.currency))
        part.statements.append(each)
    if loose and not found:
        first = loose[0]
        found["", ""] = Part(first.account, first.iban, first.currency)
    parts = sorted(found.values(), key=_in_euros)
    if loose:
        parts[0].statements.extend(loose)
    return parts


def _in_euros(part: Part) -> bool:
    return part.currency != "EUR"


def guess_account(session: Session, part: Part) -> BankAccount | None:
    """Return the account a part is about; ``None`` when it is a new one, or when unsure.

    By its number; without one, by the kind of file the account had last, or because it is the
    only account of its kind.
    """
    if part.number:
        found = account_for(session, part.number) or account_for(session, part.account)
        if found is not None:
            return found
    active = session.scalars(
        select(BankAccount).where(BankAccount.is_active).order_by(BankAccount.id)
    ).all()
    alike = [each for each in active if each.kind is part.kind]
    if part.number:
        unnamed = [each for each in alike if not each.iban]
        return unnamed[0] if len(alike) == 1 and unnamed else None
    known = [each for each in alike if memory_of(each).form == part.form]
    if len(known) == 1:
        return known[0]
    return alike[0] if len(alike) == 1 else None


def is_unsure(session: Session, part: Part) -> bool:
    """Tell whether several accounts could be meant, and nothing says which."""
    if part.number or guess_account(session, part) is not None:
        return False
    kinds = session.scalars(select(BankAccount.kind).where(BankAccount.is_active)).all()
    return sum(kind is part.kind for kind in kinds) > 1


def account_of(session: Session, part: Part, today: date) -> BankAccount:
    """Return the account a part is about, added when the book has none.

    Raises:
        UserError: Several could be meant.
    """
    found = guess_account(session, part)
    if found is not None:
        return found
    if is_unsure(session, part):
        raise UserError(
            tr(
                "Ce fichier ne dit pas de quel compte il s’agit, et vous en avez plusieurs : "
                "déposez-le sur la fenêtre pour choisir."
            )
        )
    taken = set(session.scalars(select(BankAccount.name)))
    names = (part.name, *(f"{part.name} ({n})" for n in range(2, 1000)))
    name = next(each for each in names if each not in taken)
    return add_bank_account(session, name, today, kind=part.kind, iban=part.number)
