"""What else may happen to a lot: frozen, thawed, given away, sent back, moved."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.supply.stock.following import places
from cantine_desktop.supply.stock.lot_events import THAWED_DAYS, freeze, put, thaw
from cantine_desktop.supply.stock.lots import LotRow
from cantine_desktop.supply.stock.moving import give_away, send_back
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog, choose
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.supply.stock_forms import AmountDialog

FROZEN = timedelta(days=90)
"""What is proposed when something is frozen: three months, a usual caution, from memory."""

Deed = Callable[..., object]


class LotMoves(QPushButton):
    """A menu of what may be done with the current lot."""

    def __init__(self, desk: Desk, current: Callable[[], LotRow | None], parent: QWidget) -> None:
        super().__init__(tr("Autre…"), parent)
        self.desk, self._current, self._parent = desk, current, parent
        self.choices = QMenu(self)
        self.freeze_it = self.choices.addAction(tr("Congeler…"))
        self.thaw_it = self.choices.addAction(tr("Décongeler"))
        self.give_it = self.choices.addAction(tr("Donner…"))
        self.send_it = self.choices.addAction(tr("Rendre au fournisseur…"))
        self.move_it = self.choices.addAction(tr("Changer de place…"))
        self.freeze_it.triggered.connect(self._freeze)
        self.thaw_it.triggered.connect(self._thaw)
        self.give_it.triggered.connect(self._give)
        self.send_it.triggered.connect(self._send)
        self.move_it.triggered.connect(self._move)
        self.setMenu(self.choices)

    def follow(self, row: LotRow | None) -> None:
        """Allow what means something for a lot."""
        may = row is not None and self.desk.may_write("supply")
        self.setEnabled(may)
        if row is None:
            return
        may_freeze = not (row.is_frozen or row.is_thawed or row.is_blocked)
        self.freeze_it.setEnabled(may_freeze)
        self.freeze_it.setText(
            tr("Congeler (déjà décongelé)") if row.is_thawed else tr("Congeler…")
        )
        self.thaw_it.setEnabled(row.is_frozen and not row.is_blocked)
        self.give_it.setEnabled(not row.is_blocked)
        self.send_it.setEnabled(bool(row.supplier))

    @Slot()
    def _freeze(self) -> None:
        row = self._current()
        if row is not None:
            FreezeDialog(self.desk, row, self._parent).exec()

    @Slot()
    def _thaw(self) -> None:
        row = self._current()
        if row is None:
            return
        try:
            with self.desk.book.action(tr("Lot décongelé")) as session:
                event = thaw(session, row.key, self.desk.book.clock())
                until = event.use_by
        except UserError as error:
            self.desk.tell(str(error))
            return
        words = tr(
            "« {product} » décongèle au froid : à utiliser jusqu’au {day} compris, "
            "jamais recongelé."
        ).format(product=row.product, day="" if until is None else short_day(until))
        self.desk.tell(words, undo=True)

    @Slot()
    def _give(self) -> None:
        self._ask_amount(tr("Donner"), tr("À qui"), give_away)

    @Slot()
    def _send(self) -> None:
        self._ask_amount(tr("Rendre au fournisseur"), tr("Pourquoi"), send_back)

    def _ask_amount(self, title: str, why: str, deed: Deed) -> None:
        row = self._current()
        if row is not None:
            DeedDialog(self.desk, row, (title, why), deed, self._parent).exec()

    @Slot()
    def _move(self) -> None:
        row = self._current()
        if row is None:
            return
        with self.desk.book.read() as session:
            known = [(each.id, each.name) for each in places(session)]
        if not known:
            self.desk.tell(tr("Nommez d’abord un emplacement en suivant un produit."))
            return
        title = tr("Changer de place")
        names = [name for _key, name in known]
        chosen = choose(self._parent, title, row.product, names, title)
        if chosen is None:
            return
        with self.desk.book.action(title) as session:
            put(session, row.key, known[chosen][0], self.desk.book.clock())
        words = tr("« {product} » : {place}.").format(product=row.product, place=names[chosen])
        self.desk.tell(words, undo=True)


class FreezeDialog(Dialog):
    """Asks until when a lot keeps once frozen."""

    def __init__(self, desk: Desk, row: LotRow, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Congeler : {product}").format(product=row.product),
            tr(
                "Avant sa DLC seulement, en portions, avec la date sur l’étiquette. Une fois "
                "décongelé, il se garde {n} jours au froid et ne se recongèle jamais."
            ).format(n=THAWED_DAYS),
        )
        self._desk, self._row = desk, row
        self.notice = Notice()
        self.form = Form()
        self.until = DateEdit(tr("Se garde jusqu’au"), self._today, required=True)
        self.until.set_value(self._today() + FROZEN)
        self.form.add("until", tr("Se garde jusqu’au"), self.until)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Congeler"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self.until.setFocus()

    @Slot()
    def keep(self) -> None:
        """Freeze the lot, or say why not."""
        if not self.form.check() or self.until.value is None:
            return
        try:
            with self._desk.book.action(tr("Lot congelé")) as session:
                freeze(session, self._row.key, self._desk.book.clock(), self.until.value)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        words = tr("« {product} » est congelé.").format(product=self._row.product)
        self._desk.tell(words, undo=True)
        self.accept()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())


class DeedDialog(AmountDialog):
    """Asks how much of a lot is given or sent back."""

    def __init__(
        self, desk: Desk, row: LotRow, words: tuple[str, str], deed: Deed, parent: QWidget | None
    ) -> None:
        title, why = words
        super().__init__(desk, row, (title, why, title), parent)
        self._deed = deed

    @override
    def _write(self, session: Session, quantity: Decimal, now: datetime) -> None:
        self._deed(session, self._row.key, quantity, now, now, self._out)
