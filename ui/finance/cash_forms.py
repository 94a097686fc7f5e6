"""Short forms of the till: cash to the bank, other cash, a difference that is understood."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.finance.cash.counting import (
    ResolutionFacts,
    left_of,
    resolve,
    usual_float,
)
from cantine_desktop.finance.cash.depositing import deposit_cash
from cantine_desktop.finance.cash.holdings import balance
from cantine_desktop.finance.cash.model import CashCount
from cantine_desktop.finance.cash.moving import MovementFacts, move
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.i18n import mark, money, tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.fact_dialog import FactDialog
from ui.finance.fact_fields import cents, choice_box, nature_box, usual_activity
from ui.kit.fields import MoneyEdit, TextEdit

SEALED = mark("Ce qui touche à la caisse est scellé : une erreur se corrige à la suite.")


class DepositDialog(FactDialog):
    """Cash that leaves the till for the bank."""

    title: ClassVar[str] = mark("Remettre des espèces à la banque")
    lead: ClassVar[str] = SEALED
    undoable: ClassVar[bool] = False

    @override
    def build(self, session: Session) -> None:
        self.day = self.day_field(tr("Sortie de caisse le"))
        held, stays = balance(session), usual_float(session)
        self.amount = MoneyEdit(tr("Montant"), required=True)
        spare = Money(max(held.cents - stays.cents, 0) // 500 * 500)
        self.amount.set_value(spare or None)
        self.bag = TextEdit(tr("Sac ou enveloppe n°"), longest=30)
        self.bank = TextEdit(tr("Banque"), longest=80)
        self.bank.set_value(usual_bank(session) or None)
        told = tr("La caisse contient {held} ; le fond habituel est de {stays}.").format(
            held=money(held), stays=money(stays)
        )
        self.add("amount", tr("Montant"), self.amount, told)
        self.add("bag", tr("Sac ou enveloppe n°"), self.bag)
        self.add("bank", tr("Banque"), self.bank)

    @override
    def name(self) -> str:
        return tr("Remise d’espèces, {amount}").format(amount=money(cents(self.amount)))

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day = self.day.value
        assert day is not None
        bag, bank = self.bag.line.text(), self.bank.line.text()
        deposit = deposit_cash(session, day, cents(self.amount), self.now, bag, bank=bank)
        return [session.get(Entry, deposit.entry_id)]


_MOVES = (
    ("change", mark("Monnaie prise à la banque")),
    ("expense", mark("Dépense payée en espèces")),
    ("refund", mark("Remboursement d’une avance, en espèces")),
)


class MovementDialog(FactDialog):
    """Cash that comes or goes otherwise than by takings and the bank bag."""

    title: ClassVar[str] = mark("Noter un autre mouvement de caisse")
    lead: ClassVar[str] = SEALED
    undoable: ClassVar[bool] = False

    @override
    def build(self, session: Session) -> None:
        self.kind = choice_box(_MOVES)
        self.kind.setCurrentIndex(1)
        self.nature = nature_box(session, tr("Pour quoi"), required=False)
        self.amount = MoneyEdit(tr("Montant"), required=True)
        self.label = TextEdit(tr("Ce que c’était"), longest=120)
        self.day = self.day_field(tr("Jour"))
        self.add("kind", tr("Mouvement"), self.kind)
        self.add("nature", tr("Pour quoi"), self.nature)
        self.add("amount", tr("Montant"), self.amount)
        self.add("label", tr("Ce que c’était"), self.label, tr("Marché du mardi, timbres…"))

    @override
    def on_change(self, key: str) -> None:
        if key == "kind":
            self.nature.setEnabled(self.kind.currentData() == "expense")

    @override
    def name(self) -> str:
        return f"{self.kind.currentText()}, {money(cents(self.amount))}"

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day, kind = self.day.value, self.kind.currentData()
        assert day is not None
        amount = cents(self.amount)
        label = self.label.line.text().strip() or self.kind.currentText()
        account, activity = str(Role.TRANSFERS), ""
        if kind == "expense":
            account = self._nature()
            activity = usual_activity(account)
        elif kind == "refund":
            account = str(Role.VOLUNTEER_EXPENSES)
        signed = amount if kind == "change" else -amount
        row = move(session, MovementFacts(day, signed, label, account, None, activity), self.now)
        return [session.get(Entry, row.entry_id)]

    def _nature(self) -> str:
        chosen = self.nature.key
        if chosen is None:
            raise UserError(tr("Dites pour quoi cette somme a été dépensée."))
        return str(chosen)


_MISSING = (
    (Role.CASH, mark("L’argent est retrouvé : il retourne en caisse")),
    (Role.CARDS, mark("C’était payé par carte")),
    (Role.CHEQUES, mark("C’était payé par chèque")),
)
_TOO_MUCH = (
    (Role.CASH, mark("L’argent a été rendu : il sort de la caisse")),
    (Role.MEALS, mark("C’étaient des repas non notés")),
    (Role.GIFTS, mark("C’était un don")),
    (Role.MEMBERSHIPS, mark("C’étaient des adhésions")),
)


class ResolveDialog(FactDialog):
    """What a difference turned out to be.

    Args:
        desk: The working context.
        parent: The window.
        count_id: The count it was found at.
    """

    title: ClassVar[str] = mark("Expliquer un écart de caisse")
    lead: ClassVar[str] = mark(
        "Le comptage reste comme il est ; une écriture contraire reprend l’écart."
    )
    undoable: ClassVar[bool] = False

    def __init__(self, desk: Desk, parent: QWidget | None, count_id: int) -> None:
        self._count_id = count_id
        super().__init__(desk, parent)

    @override
    def build(self, session: Session) -> None:
        row = session.get_one(CashCount, self._count_id)
        left = left_of(session, row)
        self._reference, self._sign = row.reference, 1 if left.cents < 0 else -1
        self.amount = MoneyEdit(tr("Montant expliqué"), required=True)
        self.amount.set_value(Money(abs(left.cents)))
        choices = _MISSING if left.cents < 0 else _TOO_MUCH
        self.where = choice_box([(str(account), title) for account, title in choices])
        self.note = TextEdit(tr("Ce qui s’est passé"), required=True, longest=160)
        self.day = self.day_field(tr("Trouvé le"))
        words = tr("Écart de {reference} : il reste {left}.")
        self.add(
            "amount",
            tr("Montant expliqué"),
            self.amount,
            words.format(reference=row.reference, left=money(left)),
        )
        self.add("where", tr("Ce que c’était"), self.where)
        self.add(
            "note",
            tr("Ce qui s’est passé"),
            self.note,
            tr("« Enveloppe retrouvée derrière le tiroir. »"),
        )

    @override
    def name(self) -> str:
        return tr("Écart de {reference} expliqué").format(reference=self._reference)

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day: date | None = self.day.value
        assert day is not None
        amount = Money(self._sign * cents(self.amount).cents)
        facts = ResolutionFacts(day, amount, self.note.line.text(), str(self.where.currentData()))
        resolution = resolve(session, self._count_id, facts, self.now)
        return [session.get(Entry, resolution.entry_id)]


def usual_bank(session: Session) -> str:
    """Return the name and the number of the canteen’s bank account, empty when none is known."""
    account = session.scalar(
        select(BankAccount)
        .where(BankAccount.kind == AccountKind.BANK, BankAccount.is_active.is_(True))
        .order_by(BankAccount.id)
        .limit(1)
    )
    if account is None:
        return ""
    grouped = " ".join(account.iban[n : n + 4] for n in range(0, len(account.iban), 4))
    return " · ".join(filter(None, (account.name, grouped)))
