"""What is asked around an order: a line in words, remarks, another day, why it is cancelled."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.orders.drafting import add_free_line, set_day, set_remarks
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.orders.order_text import spoken_lines
from cantine_desktop.supply.orders.sending import Sent, cancel
from cantine_desktop.supply.suppliers.model import OrderWay, Supplier
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.labels import wrapped
from ui.kit.theme import scaled

WAYS = {
    OrderWay.EMAIL: mark("par courriel"),
    OrderWay.PDF: mark("en PDF"),
    OrderWay.PHONE: mark("par téléphone"),
    OrderWay.ONLINE: mark("sur le site du fournisseur"),
}


class _Asking(Dialog):
    """A form about one order; what is wrong is said under it."""

    def __init__(self, desk: Desk, key: int, parent: QWidget, title: str, text: str = "") -> None:
        super().__init__(parent, title, text)
        self.setMinimumWidth(scaled(520))
        self.desk, self.key = desk, key
        self.form = Form(self)
        self.why = wrapped(role="error")
        self.why.hide()

    def finish(self, words: str, *, destructive: bool = False) -> None:
        """Lay out the form and its answers."""
        self.body.addWidget(self.form)
        self.body.addWidget(self.why)
        self.done_button, _ = self.add_answers(words, destructive=destructive)
        self.done_button.clicked.disconnect()
        self.done_button.clicked.connect(self.keep)

    @Slot()
    def keep(self) -> None:
        """Write what was asked, or say what is wrong."""
        if not self.form.check():
            return
        try:
            self._write()
        except UserError as error:
            self.why.setText(str(error))
            self.why.show()
            return
        self.accept()

    def _write(self) -> None:
        raise NotImplementedError


class LineDialog(_Asking):
    """Asks for something that is no article of the supplier yet."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(desk, key, parent, tr("Ajouter une ligne"))
        self.name = TextEdit(tr("Ce que vous commandez"), required=True)
        self.units = NumberEdit(tr("Quantité"), places=3, minimum=Decimal(0), required=True)
        self.unit = TextEdit(tr("Unité"), longest=60)
        self.price = NumberEdit(tr("Prix HT"), places=4, minimum=Decimal(0))
        for field, words, widget, note in (
            ("name", tr("Ce que vous commandez"), self.name, ""),
            ("units", tr("Quantité"), self.units, ""),
            ("unit", tr("Unité"), self.unit, tr("« bottes », « caisse de 12 »…")),
            ("price", tr("Prix HT"), self.price, tr("Pour une unité, s’il est connu.")),
        ):
            self.form.add(field, words, widget, note)
        self.finish(tr("Ajouter"))
        self.name.setFocus()

    @override
    def _write(self) -> None:
        name, unit = self.name.line.text(), self.unit.line.text()
        with self.desk.book.action(tr("Ligne de commande ajoutée")) as session:
            units = self.units.value or Decimal(0)
            add_free_line(session, self.key, name, units, unit, self.price.value)


class DayDialog(_Asking):
    """Asks on which other day an order should come."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(
            desk, key, parent, tr("Livrer un autre jour"), tr("Les prix seront ceux de ce jour-là.")
        )
        self.day = DateEdit(tr("Livraison"), self._today, required=True)
        with desk.book.read() as session:
            self.day.set_value(session.get_one(PurchaseOrder, key).delivery_day)
        self.form.add("day", tr("Livraison"), self.day)
        self.finish(tr("Changer le jour"))
        self.day.setFocus()

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    @override
    def _write(self) -> None:
        day, now = self.day.value, self.desk.book.clock()
        assert day is not None  # the form refuses to go on without it
        with self.desk.book.action(tr("Jour de livraison changé")) as session:
            set_day(session, self.key, day, now)


class RemarksDialog(_Asking):
    """Asks what the supplier is told besides the lines; it may be emptied."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(
            desk, key, parent, tr("Remarques"), tr("Le fournisseur les lit sous la commande.")
        )
        with desk.book.read() as session:
            words = session.get_one(PurchaseOrder, key).remarks
        self.text = QPlainTextEdit(words)
        self.text.setAccessibleName(tr("Remarques"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(scaled(110))
        self.body.addWidget(self.text)
        self.finish(tr("Garder"))
        self.text.setFocus()

    @override
    def _write(self) -> None:
        with self.desk.book.action(tr("Remarques de commande changées")) as session:
            set_remarks(session, self.key, self.text.toPlainText())


class CancelDialog(_Asking):
    """Asks how the supplier was told that an order is cancelled, and why."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(
            desk,
            key,
            parent,
            tr("Annuler la commande"),
            tr(
                "Prévenez le fournisseur, puis dites pourquoi : c’est gardé avec la commande. "
                "Ce qui est annulé ne se rouvre pas."
            ),
        )
        with desk.book.read() as session:
            order = session.get_one(PurchaseOrder, key)
            last = order.sendings[-1] if order.sendings else None
            supplier = session.get_one(Supplier, order.supplier_id)
            way, to = (supplier.way, "") if last is None else (last.way, last.to)
        self.way = QComboBox()
        for each, words in WAYS.items():
            self.way.addItem(tr(words), each)
        self.way.setCurrentIndex(self.way.findData(way))
        self.to = TextEdit(tr("À"))
        self.to.set_value(to or None)
        self.reason = TextEdit(tr("Pourquoi"), required=True)
        self.by = TextEdit(tr("Initiales"), longest=8)
        for name, words, widget in (
            ("way", tr("Prévenu"), self.way),
            ("to", tr("À"), self.to),
            ("reason", tr("Pourquoi"), self.reason),
            ("by", tr("Initiales"), self.by),
        ):
            self.form.add(name, words, widget)
        self.finish(tr("Annuler la commande"), destructive=True)
        self.reason.setFocus()

    @override
    def _write(self) -> None:
        told = Sent(
            OrderWay(self.way.currentData()),
            self.to.line.text(),
            self.by.line.text(),
            self.reason.line.text(),
        )
        now = self.desk.book.clock()
        with self.desk.book.action(tr("Commande annulée"), undoable=False) as session:
            cancel(session, self.key, told, now)


class DictateDialog(Dialog):
    """Shows an order line by line, large: what was said on the telephone is ticked."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent, tr("Dicter la commande"))
        self.setMinimumWidth(scaled(520))
        with desk.book.read() as session:
            order = session.get_one(PurchaseOrder, key)
            supplier = session.get_one(Supplier, order.supplier_id)
            phone, account = supplier.phone, supplier.account
            lines, remarks = spoken_lines(session, key), order.remarks.strip()
        told = [
            tr("Téléphone : {phone}").format(phone=phone) if phone else "",
            tr("Notre numéro de client : {account}").format(account=account) if account else "",
        ]
        self.body.addWidget(QLabel(" · ".join(filter(None, told)), self))
        self.lines = QListWidget(self)
        self.lines.setAccessibleName(tr("Lignes à dicter"))
        self.lines.setWordWrap(True)
        font = self.lines.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.lines.setFont(font)
        for units, words, code in lines:
            text = f"{units} × {words}" + (f" [{code}]" if code else "")
            item = QListWidgetItem(text, self.lines)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.lines.setCurrentRow(0)
        self.lines.setMinimumHeight(scaled(260))
        self.body.addWidget(self.lines, 1)
        if remarks:
            self.body.addWidget(wrapped(remarks))
        self.add_answers(tr("Tout est dit"), cancel=tr("Fermer"))
        self.lines.setFocus()
