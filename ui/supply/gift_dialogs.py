"""Announces a gift: who brings what, how much, on which day; and moves its day."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.deliveries.announcing import announce, set_amount
from cantine_desktop.supply.deliveries.drafting import LOOSE, add_line, set_line
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.keeping import suppliers
from cantine_desktop.supply.suppliers.model import SupplierKind
from cantine_desktop.values.period import DAY
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, Item, NumberEdit, SearchCombo
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import fit_dialog, scrolling

_WIDE = 520


class AnnounceDialog(Dialog):
    """Asks who gives what, how much and when.

    Attributes:
        made: The gift, once it is written.
    """

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Annoncer un don"),
            tr("Il est compté dans les besoins des jours d’après, jusqu’à ce qu’il arrive."),
        )
        self._desk = desk
        self.made: int | None = None
        self.notice = Notice()
        self.giver = QComboBox()
        with desk.book.read() as session:
            for each in suppliers(session, SupplierKind.DONOR):
                self.giver.addItem(each.name, each.id)
            products = sorted(
                session.scalars(select(Product).where(Product.is_active)),
                key=_by_name,
            )
            items = [Item(each.id, each.name, tr(LOOSE[each.dimension])) for each in products]
        self.day = DateEdit(tr("Attendu le"), self._today, required=True)
        self.day.set_value(self._today() + DAY)
        self.product = SearchCombo(tr("Denrée"), items, required=True)
        self.amount = NumberEdit(tr("Combien"), places=3, minimum=Decimal(0), required=True)
        self.use_by = DateEdit(tr("DLC"), self._today)
        self.form = Form()
        for name, words, field, note in (
            ("giver", tr("Qui donne"), self.giver, ""),
            ("day", tr("Attendu le"), self.day, ""),
            ("product", tr("Denrée"), self.product, ""),
            ("amount", tr("Combien"), self.amount, tr("En kg, en litres ou en pièces.")),
            ("use_by", tr("DLC"), self.use_by, tr("Si elle est connue.")),
        ):
            self.form.add(name, words, field, note)
        area = scrolling(self.form, sideways=False)
        self.body.addWidget(self.notice)
        self.body.addWidget(area)
        act, _cancel = self.add_answers(tr("Annoncer"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        fit_dialog(self, area, self.form, _WIDE)
        self.day.setFocus()

    @Slot()
    def keep(self) -> None:
        """Write the announcement, or say what is wrong."""
        if not self.form.check():
            return
        try:
            with self._desk.book.action(tr("Don annoncé")) as session:
                self.made = self._announce(session)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Le don est annoncé : les besoins en tiennent compte."), undo=True)
        self.accept()

    def _announce(self, session: Session) -> int:
        day, product = self.day.value, self.product.key
        assert day is not None
        assert isinstance(product, int)
        now = self._desk.book.clock()
        gift = announce(session, self.giver.currentData(), day, now)
        line = add_line(session, gift.id, product_id=product)
        set_amount(session, line, self.amount.value)
        set_line(session, gift.id, line.id, use_by=self.use_by.value)
        return gift.id

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())


class DayDialog(Dialog):
    """Asks on which other day an announced gift comes."""

    def __init__(self, desk: Desk, day: date, parent: QWidget | None) -> None:
        super().__init__(parent, tr("Changer le jour du don"))
        self._desk = desk
        self.day = DateEdit(tr("Attendu le"), self._today, required=True)
        self.day.set_value(day)
        self.form = Form()
        self.form.add("day", tr("Attendu le"), self.day)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Changer"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.day.setFocus()

    @Slot()
    def _keep(self) -> None:
        if self.form.check():
            self.accept()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())


def _by_name(product: Product) -> str:
    return fold(product.name)
