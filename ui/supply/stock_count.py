"""The count typed back: a grid in the order of the sheet, at the hour somebody counted."""

from datetime import date, datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr, trn
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.count_text import Counted, read_count
from cantine_desktop.supply.stock.counting import (
    begin_count,
    close_count,
    counted_with,
    to_count,
    type_line,
    unpriced,
)
from cantine_desktop.supply.stock.following import places
from cantine_desktop.supply.stock.model import StockMove
from cantine_desktop.supply.stock.quantities import quantity_words
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.form import Form
from ui.kit.grid import Cell, EntryGrid, GridModel, Head
from ui.kit.hour_field import HourEdit
from ui.kit.notice import Notice
from ui.kit.theme import scaled

_COUNTED, _AGAIN, _REASON = 0, 1, 2


class CountDialog(Dialog):
    """Asks what is on the shelves; nothing is written before it is closed with its button."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Faire l’inventaire"),
            tr(
                "Une case : 2c + 3p + 1,2kg. Rien sur l’étagère s’écrit 0 ; une case vide se saute."
            ),
        )
        self._desk = desk
        self._typed: dict[tuple[int, int], str] = {}
        self._counted: dict[int, Counted] = {}
        self._keys: list[int] = []
        self.setMinimumWidth(scaled(760))
        self._make_form()
        self.model = GridModel(self._read, self._write, parent=self)
        self.grid = EntryGrid(self.model, tr("Inventaire"), fills_down=False, parent=self)
        self.grid.setMinimumHeight(scaled(260))
        for widget in (self.notice, self.form, self.grid):
            self.body.addWidget(widget)
        act, _cancel = self.add_answers(tr("Clore l’inventaire"))
        act.setAutoDefault(False)
        act.setDefault(False)
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self._show()
        self.grid.setFocus()

    def _make_form(self) -> None:
        desk = self._desk
        self.notice = Notice()
        self.form = Form()
        now = desk.book.clock()
        self.day = DateEdit(tr("Compté le"), self._today, required=True)
        self.day.set_value(civil_date(now))
        self.hour = HourEdit(tr("À"), required=True)
        self.hour.set_value(now.astimezone(PARIS).time().replace(second=0, microsecond=0))
        self.initials = TextEdit(tr("Par (visa)"), longest=20)
        self.where = QComboBox()
        self.where.addItem(tr("Partout"), None)
        with desk.book.read() as session:
            for each in places(session):
                self.where.addItem(each.name, each.id)
        self.where.activated.connect(self._show)
        self.form.add("where", tr("Emplacement"), self.where)
        self.form.add("day", tr("Compté le"), self.day)
        self.form.add("hour", tr("À"), self.hour)
        self.form.add("initials", tr("Par (visa)"), self.initials)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @Slot()
    def _show(self) -> None:
        with self._desk.book.read() as session:
            self._keys = to_count(session, self.where.currentData())
            self._counted = {key: counted_with(session, key) for key in self._keys}
        told = [self._counted[key] for key in self._keys]
        heads = [Head(each.product.name, _packs(each)) for each in told]
        if not heads:
            self.notice.tell("info", tr("Aucun produit n’est suivi ici : choisissez quoi suivre."))
        self.model.show(
            heads,
            [
                Head(tr("Compté"), width=170, align="left"),
                Head(tr("Recompté"), width=130, align="left"),
                Head(tr("Raison de l’écart"), width=170, align="left"),
            ],
        )

    def _read(self, row: int, column: int) -> Cell:
        text = self._typed.get((self._keys[row], column), "")
        key = self._keys[row]
        tip = ""
        if text and column != _REASON:
            made = read_count(text, self._counted[key])
            tip = f"= {quantity_words(self._counted[key].product.dimension, made)}"
        return Cell(text, tip=tip)

    def _write(self, row: int, column: int, text: str) -> None:
        key = self._keys[row]
        if text.strip() and column != _REASON:
            read_count(text, self._counted[key])
        self._typed[key, column] = text.strip()

    @Slot()
    def keep(self) -> None:
        """Close the count, or say what is wrong; what was typed stays."""
        if not self.grid.commit() or not self.form.check():
            return
        day, hour, now = self.day.value, self.hour.value, self._desk.book.clock()
        if day is None or hour is None:
            return
        at = datetime.combine(day, hour, PARIS)
        try:
            with self._desk.book.action(tr("Inventaire")) as session:
                moves = self._close(session, at, now)
                lacking = unpriced(session, moves)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        words = trn("Inventaire clos, {n} écart.", "Inventaire clos, {n} écarts.", len(moves))
        told = words.format(n=len(moves))
        if lacking:
            names = tr("Sans prix connu, donc sans valeur : {names}. Donnez un prix au produit.")
            told = f"{told} {names.format(names=', '.join(lacking))}"
        self._desk.tell(told)
        self.accept()

    def _close(self, session: Session, at: datetime, now: datetime) -> list[StockMove]:
        where = self.where.currentData()
        count = begin_count(session, where, at, now, self.initials.value or "")
        for line in count.lines:
            told = self._told(line.product_id)
            type_line(session, line.id, told[_COUNTED], reason=told[_REASON])
            if told[_AGAIN] and told[_COUNTED]:
                type_line(session, line.id, told[_AGAIN], again=True)
        return close_count(session, count.id, now)

    def _told(self, key: int) -> tuple[str, str, str]:
        first, again, reason = (self._typed.get((key, column), "") for column in range(3))
        return first, again, reason


def _packs(counted: Counted) -> str:
    """Say what a pack and a piece hold, beside the name: « c = 6 kg, p = 500 g »."""
    product: Product = counted.product
    parts = [
        f"{letter} = {quantity_words(product.dimension, each)}"
        for letter, each in (("c", counted.pack), ("p", counted.piece))
        if each is not None
    ]
    return ", ".join(parts)
