"""Puts a line of a closed reception right, and shows what that changes before it is kept."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, tr
from cantine_desktop.office.putting_right import Foreseen, foresee, put_right, seals
from cantine_desktop.supply.deliveries.correcting import right_line
from cantine_desktop.supply.deliveries.model import Delivery
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, NumberEdit, TemperatureEdit, TextEdit
from ui.kit.form import Form
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.scrolling import fit_dialog, scrolling

_WIDE = 560
_THOUSAND = 1000


class CorrectDialog(Dialog):
    """Asks what is right of a line, why, and who says so."""

    def __init__(self, desk: Desk, delivery: int, line: int, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Corriger une ligne"),
            tr("Ce qui a été noté reste ; la correction s’inscrit à côté et compte seule."),
        )
        self._desk, self._delivery = desk, delivery
        self._is_weighed = False
        self.notice = Notice()
        self.effect = wrapped()
        self.which = QComboBox()
        with desk.book.read() as session:
            for each in session.get_one(Delivery, delivery).lines:
                self.which.addItem(each.name, each.id)
        self.which.setCurrentIndex(max(0, self.which.findData(line)))
        self._make_fields()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        area = scrolling(page, sideways=False)
        for part in (self.notice, area, self.effect):
            self.body.addWidget(part)
        act, _cancel = self.add_answers(tr("Corriger"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self._fill()
        self.which.currentIndexChanged.connect(self._fill)
        self.form.committed.connect(self._show_effect)
        fit_dialog(self, area, page, _WIDE)
        self.received.setFocus()

    def _make_fields(self) -> None:
        today = self._desk.book.clock
        self.received = NumberEdit(tr("Reçu"), places=3, minimum=Decimal(0))
        self.weight = NumberEdit(tr("Pesé"), places=3, minimum=Decimal(0))
        self.refused = NumberEdit(tr("Refusé"), places=3, minimum=Decimal(0))
        self.celsius = TemperatureEdit(tr("T° lue"))
        self.lot = TextEdit(tr("Lot"), longest=60)
        self.use_by = DateEdit(tr("DLC"), lambda: civil_date(today()))
        self.best_before = DateEdit(tr("DDM"), lambda: civil_date(today()))
        self.reason = TextEdit(tr("Pourquoi"), required=True, longest=160)
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=12)
        self.form = Form()
        for name, words, field in (
            ("which", tr("Ligne"), self.which),
            ("received", tr("Reçu"), self.received),
            ("weight", tr("Pesé, en kg ou en l"), self.weight),
            ("refused", tr("Refusé"), self.refused),
            ("celsius", tr("T° lue"), self.celsius),
            ("lot", tr("Lot"), self.lot),
            ("use_by", tr("DLC"), self.use_by),
            ("best_before", tr("DDM"), self.best_before),
            ("reason", tr("Pourquoi"), self.reason),
            ("by", tr("Vos initiales"), self.by),
        ):
            self.form.add(name, words, field)

    @property
    def line(self) -> int:
        """The line that is chosen, as it was written first."""
        return int(self.which.currentData())

    def values(self) -> dict[str, Any]:
        """Return what is typed, as a line keeps it."""
        weight = self.weight.value
        return {
            "received": self.received.value or Decimal(0),
            "weight": weight * _THOUSAND if weight is not None and self._is_weighed else weight,
            "refused": self.refused.value or Decimal(0),
            "celsius": self.celsius.value,
            "lot_code": self.lot.value or "",
            "use_by": self.use_by.value,
            "best_before": self.best_before.value,
        }

    @Slot()
    def _fill(self) -> None:
        """Show what stands of the line that is chosen."""
        with self._desk.book.read() as session:
            line = right_line(session, self._delivery, self.line)
            product = None if line.product_id is None else session.get(Product, line.product_id)
            self._is_weighed = product is None or product.dimension is not Dimension.PIECE
            weight = line.weight
            if weight is not None and self._is_weighed:
                weight /= _THOUSAND
            self.received.set_value(line.received)
            self.weight.set_value(weight)
            self.refused.set_value(line.refused or None)
            self.celsius.set_value(line.celsius)
            self.lot.set_value(line.lot_code or None)
            self.use_by.set_value(line.use_by)
            self.best_before.set_value(line.best_before)
        self._show_effect()

    @Slot()
    def _show_effect(self) -> None:
        self.notice.clear()
        if self.form.errors:
            return
        now = self._desk.book.clock()
        with self._desk.book.read() as session:
            found = foresee(session, self._delivery, self.line, self.values(), now)
        self.effect.setText("\n".join(effect_words(found)))

    @Slot()
    def keep(self) -> None:
        """Write the correction, or say what is wrong."""
        if not self.form.check():
            return
        with self._desk.book.read() as session:
            is_final = seals(session, self._delivery, self.line)
        reason, by = self.reason.value or "", self.by.value or ""
        now = self._desk.book.clock()
        try:
            with self._desk.book.action(tr("Réception corrigée"), undoable=not is_final) as session:
                put_right(session, self._delivery, self.line, self.values(), reason, by, now)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("La correction est inscrite à côté de la ligne."), undo=not is_final)
        self.accept()


def effect_words(found: Foreseen) -> list[str]:
    """Return sentences that say what a correction would change, before it is written."""
    effect = found.effect
    if effect.refused:
        return [effect.refused]
    before, after = effect.before, effect.after
    words: list[str] = []
    if before.quantity != after.quantity:
        words.append(
            tr("Entré en stock : {before} → {after}").format(
                before=quantity_words(effect.dimension, before.quantity or 0),
                after=quantity_words(effect.dimension, after.quantity or 0),
            )
        )
    if before.value != after.value:
        words.append(
            tr("Valeur : {before} → {after}").format(
                before=_amount(before.value), after=_amount(after.value)
            )
        )
    if before.claim != after.claim:
        words.append(
            tr("Réclamation : {before} → {after}").format(
                before=_amount(before.claim), after=_amount(after.claim)
            )
        )
    if not words:
        words.append(tr("Le stock, la valeur et la réclamation ne changent pas."))
    elif effect.is_late:
        words.append(
            tr("Les comptes de ce jour sont clos : le stock change à partir d’aujourd’hui.")
        )
    words += [question.words for question in effect.asked]
    words += found.invoices
    if found.is_final:
        words.append(
            tr(
                "La feuille d’hygiène de cette semaine est signée : la correction y est scellée "
                "et ne s’annule pas."
            )
        )
    return words


def _amount(amount: Money | None) -> str:
    return tr("rien") if amount is None else money(amount)
