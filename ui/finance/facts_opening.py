"""« Noter les soldes de départ »: what the canteen had on the first day of its accounts here."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.carrying import OPENING
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import year_of, years
from cantine_desktop.i18n import mark, money, tr
from cantine_desktop.values.money import Money
from ui.finance.fact_dialog import FactDialog
from ui.finance.fact_fields import cents
from ui.kit.fields import MoneyEdit

OWNED: tuple[tuple[str, str], ...] = (
    (Role.BANK, mark("Compte courant à la banque")),
    (Role.SAVINGS, mark("Livret")),
    (Role.CASH, mark("Caisse")),
    (Role.FOOD_STOCK, mark("Stock de denrées")),
    (Role.GRANTS_RECEIVABLE, mark("Subventions accordées, pas encore reçues")),
)
OWNED_MORE: tuple[tuple[str, str], ...] = (
    (Role.CHEQUES, mark("Chèques pas encore remis")),
    (Role.CONSUMABLE_STOCK, mark("Stock de consommables")),
    ("275000", mark("Cautions versées")),
    (Role.KITCHEN_EQUIPMENT, mark("Matériel de cuisine, prix d’achat")),
)
OWED_MORE: tuple[tuple[str, str], ...] = (
    (Role.KITCHEN_DEPRECIATION, mark("Matériel de cuisine, déjà amorti")),
    ("164000", mark("Emprunts restant à rembourser")),
    (Role.URSSAF, mark("Urssaf à payer")),
    (Role.DEDICATED_GRANTS, mark("Fonds dédiés sur subventions")),
    (Role.DEFERRED_INCOME, mark("Subventions des années suivantes")),
    (Role.INVESTMENT_GRANT, mark("Subventions d’investissement")),
)


class OpeningDialog(FactDialog):
    """Balances to start with; what is left over is what earlier years put aside."""

    title: ClassVar[str] = mark("Noter les soldes de départ")
    lead: ClassVar[str] = mark(
        "Ce que la cantine avait le premier jour de ses comptes ici. Le dernier bilan, ou les "
        "relevés de ce jour-là, donnent ces montants."
    )

    @override
    def build(self, session: Session) -> None:
        self.amounts: dict[str, tuple[MoneyEdit, int]] = {}
        for account, title in OWNED:
            self._add_amount(account, title, 1)
        self.form.more()
        for account, title in OWNED_MORE:
            self._add_amount(account, title, 1)
        self.form.section(tr("Ce que la cantine devait"))
        for account, title in OWED_MORE:
            self._add_amount(account, title, -1)
        self.left = QLabel()
        self.add("left", tr("Mis de côté par les années passées"), self.left)
        self._say_left()

    def _add_amount(self, account: str, title: str, sign: int) -> None:
        field = MoneyEdit(tr(title), negative=account == Role.BANK)
        self.amounts[account] = field, sign
        self.add(str(account), tr(title), field)

    @override
    def on_change(self, key: str) -> None:
        self._say_left()

    @property
    def _total(self) -> Money:
        return Money(sum(sign * cents(field).cents for field, sign in self.amounts.values()))

    def _say_left(self) -> None:
        self.left.setText(money(self._total))

    @override
    def name(self) -> str:
        return tr("Soldes de départ, {amount}").format(amount=money(self._total))

    def _first_day(self, session: Session) -> date:
        found = years(session)
        return found[-1].first if found else year_of(session, self.today()).first

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        lines = [
            debit(account, Money(sign * cents(field).cents))
            for account, (field, sign) in self.amounts.items()
            if field.value
        ]
        if not lines:
            raise UserError(tr("Donnez au moins un montant."))
        day = self._first_day(session)
        known = select(Entry.id).where(Entry.fact == OPENING, Entry.day == day)
        if session.scalar(known.limit(1)) is not None:
            raise UserError(
                tr("Les soldes de départ sont déjà notés : effacez d’abord leur écriture.")
            )
        left = self._total
        forward = Role.ACCUMULATED_SURPLUS if left.cents > 0 else Role.ACCUMULATED_DEFICIT
        draft = DraftEntry(
            "AN",
            day,
            tr("Soldes de départ"),
            f"AN{day.year}",
            [*lines, credit(forward, left)],
            fact=OPENING,
        )
        return [post(session, draft)]
