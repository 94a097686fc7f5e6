"""Orders to suppliers: written by numbers, sent, sent again, cancelled."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import hour, mark, money, short_day, tr, trn
from cantine_desktop.supply.orders.drafting import draft_for
from cantine_desktop.supply.orders.model import OrderState
from cantine_desktop.supply.orders.queries import OrderRow, open_orders, orders_of
from cantine_desktop.supply.suppliers.calendar import deliveries_from
from cantine_desktop.supply.suppliers.keeping import suppliers
from cantine_desktop.supply.suppliers.model import SupplierKind
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.dialogs import choose
from ui.kit.empty import EmptyState
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.screen import Screen
from ui.supply.order_pane import OrderPane

_WHICH = (mark("En cours"), mark("Depuis un an"))
_YEAR = timedelta(days=365)


class OrdersScreen(Screen):
    """What is asked of suppliers, the next delivery first."""

    key: ClassVar[str] = "orders"
    shows: ClassVar[frozenset[str]] = frozenset({
        "purchase_order",
        "purchase_order_line",
        "order_sending",
        "article",
        "article_price",
        "supplier",
    })
    help_text: ClassVar[str] = mark(
        "Choisissez un fournisseur, tapez les quantités, envoyez. Ce qui est parti se rouvre : "
        "l’envoi suivant annule et remplace le précédent."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, OrderRow] = {}
        may = desk.may_write("supply")
        self.new = self._action(tr("Nouvelle commande…"), "Ctrl+N", self._begin, enabled=may)
        empty = EmptyState(
            tr("Aucune commande en cours. Choisissez un fournisseur pour écrire la prochaine."),
            self.new.text(),
            self.new.trigger,
            icon="shopping-cart",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Commandes"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez une commande, ou écrivez la suivante."), self
        )
        self.list.share(4, 7)
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Quelles commandes"))
        self.which.addItems([tr(words) for words in _WHICH])
        self.which.activated.connect(self._refilter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.first_stop = self.list.search

    @override
    def filters(self) -> QWidget:
        return self.which

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def document(self) -> tuple[str, Period]:
        row = self._rows.get(self.table.current_key or 0)
        day = row.delivery_day if row is not None else civil_date(self.desk.book.clock())
        return "orders", Period(day, day + DAY) if row is not None else Period.week(day)

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show an order by its key."""
        self.list.search.clear()
        self.refresh()
        if isinstance(target, int):
            if target not in self._rows:
                self.which.setCurrentIndex(1)
                self.refresh()
            self.table.go_to(target)

    @override
    def refresh(self) -> None:
        """Read the orders again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            rows = open_orders(session)
            if self.which.currentIndex() == 1:
                rows = orders_of(session, Period(today - _YEAR, today + _YEAR))
        self._rows = {row.key: row for row in rows}
        to_send = sum(row.state is OrderState.DRAFT for row in rows)
        self.subtitle = trn("{n} à envoyer", "{n} à envoyer", to_send) if rows else ""
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        pane = self.list.pane
        if isinstance(pane, OrderPane) and pane.key in self._rows:
            pane.refresh()

    @Slot()
    def _refilter(self) -> None:
        self.refresh()

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        words = fold(self.list.words)
        found = [
            row for row in self._rows.values() if words in fold(f"{row.supplier} {row.number}")
        ]
        if column == "supplier":
            found.sort(key=lambda row: fold(row.supplier))
        elif column == "total":
            found.sort(key=lambda row: row.totals.total.cents)
        if down:
            found.reverse()
        return [row.key for row in found]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        now = self.desk.book.clock()
        return [_texts(self._rows[key], is_late=self._rows[key].is_late(now)) for key in keys]

    def _detail(self, key: int) -> QWidget:
        return OrderPane(self.desk, key)

    @Slot()
    def _begin(self) -> None:
        kinds = (SupplierKind.SUPPLIER, SupplierKind.SHOP)
        with self.desk.book.read() as session:
            known = [(each.id, each.name) for each in suppliers(session, *kinds)]
        if not known:
            self.desk.tell(tr("Ajoutez d’abord un fournisseur et ses articles."))
            self.desk.go("suppliers")
            return
        title = tr("Nouvelle commande")
        place = choose(
            self, title, tr("À qui commandez-vous ?"), [name for _, name in known], tr("Choisir")
        )
        if place is not None:
            self._begin_with(known[place][0])

    def _begin_with(self, supplier: int) -> None:
        moment = self.desk.book.clock()
        with self.desk.book.read() as session:
            slots = deliveries_from(session, supplier, moment, count=6)
        day = civil_date(moment) + DAY
        if slots:
            texts = [
                tr("Livrée le {day}, à envoyer avant le {limit} à {hour}").format(
                    day=short_day(slot.delivery),
                    limit=short_day(civil_date(slot.order_by)),
                    hour=hour(slot.order_by),
                )
                for slot in slots
            ]
            chosen = choose(self, tr("Quelle livraison ?"), "", texts, tr("Écrire la commande"))
            if chosen is None:
                return
            day = slots[chosen].delivery
        with self.desk.book.action(tr("Commande commencée")) as session:
            key = draft_for(session, supplier, day, moment).id
        self.open_at(key)
        pane = self.list.pane
        if isinstance(pane, OrderPane):
            pane.grid.setFocus()


def _columns() -> list[Column]:
    return [
        Column(tr("Livraison"), 98, key="day"),
        Column(tr("Fournisseur"), 120, key="supplier"),
        Column(tr("État"), 76),
        Column(tr("HT"), 72, "right", key="total"),
    ]


def _texts(row: OrderRow, *, is_late: bool) -> Row:
    state = tr("en retard") if is_late else row.state_words
    tone = "muted" if row.state in {OrderState.RECEIVED, OrderState.CANCELLED} else ""
    return Row((short_day(row.delivery_day), row.supplier, state, money(row.totals.total)), tone)
