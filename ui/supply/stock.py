"""Stock: what is left on the shelves, what to use first, opened, lost, counted."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import select
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.shelf_lots import follow_shelf
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.following import places
from cantine_desktop.supply.stock.lot_events import block, open_lot, release
from cantine_desktop.supply.stock.lots import LotRow, lots_left
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.supply.stock.queries import first_to_use
from cantine_desktop.supply.stock.settling import shortage_rows
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.dialogs import ask_text
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.supply.lot_moves import LotMoves
from ui.supply.shortages import ShortagesDialog
from ui.supply.stock_count import CountDialog
from ui.supply.stock_forms import FollowDialog, LossDialog
from ui.supply.stock_places import PlacesDialog

_FIRST, _ALL = "first", "all"


class StockScreen(Screen):
    """The lots that are left."""

    key: ClassVar[str] = "stock"
    shows: ClassVar[frozenset[str]] = frozenset({
        "lot",
        "lot_event",
        "stock_move",
        "stock_item",
        "shortage",
        "place",
    })
    help_text: ClassVar[str] = mark(
        "Ce qui finit d’abord est en haut. Ouvrir un lot raccourcit sa date ; une perte dit à "
        "quelle étape. L’inventaire vaut pour l’heure où l’on a compté, même saisi le lendemain."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, LotRow] = {}
        self._first: set[int] = set()
        self._measures: dict[int, Dimension] = {}
        may = desk.may_write("supply")
        self.count = self._action(tr("Faire l’inventaire"), "Ctrl+N", self._count, enabled=may)
        self.follow = self._action(tr("Suivre un produit…"), "", self._follow, enabled=may)
        self.arrange = self._action(tr("Emplacements…"), "", self._arrange, enabled=may)
        self.worth = self._action(tr("Valeur…"), "", self._print_worth)
        self.lacks = self._action(tr("Manques…"), "", self._show_lacks)
        self.open_it = self._action(tr("Ouvrir"), "", self._open, enabled=may)
        self.lose_it = self._action(tr("Perte…"), "", self._lose, enabled=may)
        self.hold_it = self._action(tr("Mettre de côté…"), "", self._hold, enabled=may)
        empty = EmptyState(
            tr(
                "Rien en stock : les réceptions y entrent seules. Choisissez les produits à "
                "suivre, puis comptez-les une première fois."
            ),
            tr("Suivre un produit"),
            self.follow.trigger,
            icon="package",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Lots en stock"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self._bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.table, 1)
        column.addWidget(self._make_deeds())
        self.table.current_changed.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.first_stop = self.table

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        flow = FlowLayout(scaled(8), bar)
        self.which = QComboBox(bar)
        self.which.setAccessibleName(tr("Quels lots"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.setMinimumContentsLength(18)
        self.which.activated.connect(self._refilter)
        flow.addWidget(self.which)
        self.lacking = QPushButton(self.lacks.text(), bar)
        self.lacking.clicked.connect(self.lacks.trigger)
        flow.addWidget(self.lacking)
        # Places are set once: « Emplacements… » stands in the palette and the menu of actions.
        worth = QPushButton(self.worth.text(), bar)
        worth.clicked.connect(self.worth.trigger)
        flow.addWidget(worth)
        return bar

    def _make_deeds(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(scaled(8), row)
        self.buttons: dict[QAction, QPushButton] = {}
        for action in (self.open_it, self.lose_it, self.hold_it, self.follow):
            button = QPushButton(action.text(), row)
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            flow.addWidget(button)
            self.buttons[action] = button
        self.others = LotMoves(self.desk, self._row_now, row)
        flow.addWidget(self.others)
        return row

    @override
    def filters(self) -> QWidget:
        return self._bar

    @override
    def primary(self) -> QAction:
        return self.count

    @override
    def document(self) -> tuple[str, Period]:
        today = self._today()
        return "stock-count-blind", Period(today, today + DAY)

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a lot by its key."""
        self.refresh()
        if isinstance(target, int):
            self.which.setCurrentIndex(1)
            self.table.refresh()
            self.table.go_to(target)

    @property
    def current(self) -> LotRow | None:
        """The lot of the current row."""
        key = self.table.current_key
        return None if key is None else self._rows.get(key)

    @override
    def refresh(self) -> None:
        """Read the lots again."""
        with self.desk.book.read() as session:
            rows = lots_left(session, self._today())
            first = first_to_use(session, self._today(), limit=len(rows) or 1)
            lacking = len(shortage_rows(session))
            names = [(each.id, each.name) for each in places(session)]
            wanted = {row.product_id for row in rows}
            query = select(Product.id, Product.dimension).where(Product.id.in_(wanted))
            self._measures = dict(session.execute(query).all())
        self._rows = {row.key: row for row in rows}
        self._first = {row.key for row in first}
        self._fill_which(names)
        self.lacking.setText(
            trn("{n} manque à régulariser…", "{n} manques à régulariser…", lacking)
        )
        self.lacking.setVisible(bool(lacking))
        words = trn("{n} lot", "{n} lots", len(rows)).format(n=len(rows))
        soon = tr("{n} à utiliser d’abord").format(n=len(first))
        self.subtitle = f"{words} · {soon}" if first else words
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        self._on_current()

    def _fill_which(self, names: Sequence[tuple[int, str]]) -> None:
        kept = self.which.currentData() or _ALL
        self.which.clear()
        self.which.addItem(tr("À utiliser d’abord"), _FIRST)
        self.which.addItem(tr("Tous les lots"), _ALL)
        for key, name in names:
            self.which.addItem(name, key)
        self.which.setCurrentIndex(max(self.which.findData(kept), 0))

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    @Slot()
    def _refilter(self) -> None:
        self.table.refresh()

    @Slot()
    def _on_current(self) -> None:
        row, may = self.current, self.desk.may_write("supply")
        held = row is not None and row.is_blocked
        self.hold_it.setText(tr("Rendre à l’usage…") if held else tr("Mettre de côté…"))
        self.open_it.setEnabled(may and row is not None and not row.is_opened and not held)
        for action in (self.lose_it, self.hold_it):
            action.setEnabled(may and row is not None)
        self.others.follow(row)
        for action, button in self.buttons.items():
            button.setEnabled(action.isEnabled())
            button.setText(action.text())

    def _row_now(self) -> LotRow | None:
        return self.current

    @Slot(object)
    def _on_activated(self, _key: object) -> None:
        self.lose_it.trigger()

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        chosen = self.which.currentData()
        rows = [row for row in self._rows.values() if self._is_shown(row, chosen)]
        if column == "name":
            rows.sort(key=lambda row: fold(row.product))
        if down:
            rows.reverse()
        return [row.key for row in rows]

    def _is_shown(self, row: LotRow, chosen: object) -> bool:
        if chosen == _FIRST:
            return row.key in self._first
        return chosen in {_ALL, None} or row.place_id == chosen

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [self._texts(self._rows[key]) for key in keys]

    def _texts(self, row: LotRow) -> Row:
        left = quantity_words(self._measures.get(row.product_id, Dimension.MASS), row.left)
        until = "" if row.until is None else short_day(row.until)
        tone = ""
        if row.is_blocked or (row.use_by is not None and row.use_by < self._today()):
            tone = "bad"
        state = _state(row, self._today())
        return Row((until, row.product, left, state, row.place, row.code), tone)

    @Slot()
    def _open(self) -> None:
        row = self.current
        if row is None:
            return
        now = self.desk.book.clock()
        with self.desk.book.action(tr("Lot ouvert")) as session:
            open_lot(session, row.key, now)
        self.desk.tell(tr("« {product} » est ouvert.").format(product=row.product), undo=True)

    @Slot()
    def _lose(self) -> None:
        if self.current is not None:
            LossDialog(self.desk, self.current, self).exec()

    @Slot()
    def _hold(self) -> None:
        row = self.current
        if row is None:
            return
        title = self.hold_it.text().rstrip("…")
        reason = ask_text(self, title, tr("Pourquoi ? La raison est gardée."), title)
        if reason is None:
            return
        now = self.desk.book.clock()
        with self.desk.book.action(title) as session:
            change = release if row.is_blocked else block
            change(session, row.key, now, reason)
            if row.is_blocked and self.desk.may_write("hygiene"):
                follow_shelf(session, row.key, reason, tr("stock"), now)
        self.desk.tell(tr("{what} : {product}.").format(what=title, product=row.product), undo=True)

    @Slot()
    def _show_lacks(self) -> None:
        ShortagesDialog(self.desk, self).exec()

    @Slot()
    def _follow(self) -> None:
        FollowDialog(self.desk, self).exec()

    @Slot()
    def _arrange(self) -> None:
        PlacesDialog(self.desk, self).exec()

    @Slot()
    def _print_worth(self) -> None:
        self.desk.print_out("stock-worth", Period.month(self._today()))

    @Slot()
    def _count(self) -> None:
        CountDialog(self.desk, self).exec()


def _columns() -> list[Column]:
    return [
        Column(tr("Jusqu’au"), 110, key="until"),
        Column(tr("Produit"), 220, key="name"),
        Column(tr("Reste"), 110, "right"),
        Column(tr("État"), 170),
        Column(tr("Emplacement"), 150),
        Column(tr("Lot"), 130),
    ]


def _state(row: LotRow, today: date) -> str:
    words = [
        tr(each)
        for each, is_so in (
            (mark("mis de côté"), row.is_blocked),
            (mark("DLC passée"), row.use_by is not None and row.use_by < today),
            (mark("ouvert"), row.is_opened),
            (mark("congelé"), row.is_frozen),
            (mark("décongelé, ne se recongèle pas"), row.is_thawed),
            (mark("don"), row.is_gift),
        )
        if is_so
    ]
    return ", ".join(words)
