"""Deliveries at the door: what is expected, what is being looked at, what came."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.supply.deliveries.announcing import FARTHEST
from cantine_desktop.supply.deliveries.drafting import draft_from, draft_without_order
from cantine_desktop.supply.deliveries.model import Coming
from cantine_desktop.supply.deliveries.queries import DeliveryRow, deliveries_of
from cantine_desktop.supply.orders.model import OrderState
from cantine_desktop.supply.orders.queries import OrderRow, open_orders
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
from ui.supply.delivery_pane import DeliveryPane

SHOWN = timedelta(days=120)
AHEAD = timedelta(days=FARTHEST + 1)
"""How far ahead a gift may be announced."""
MOST_SHOWN = 8


class ReceivingScreen(Screen):
    """Receptions, the latest first; begun from an order, or without one."""

    key: ClassVar[str] = "receiving"
    shows: ClassVar[frozenset[str]] = frozenset({
        *("delivery", "delivery_line", "purchase_order"),
        *("supplier_invoice", "supplier_invoice_line"),
    })
    help_text: ClassVar[str] = mark(
        "Entrée : la ligne est arrivée comme commandée. Sinon tapez ce qui est arrivé, pesé, "
        "refusé. Clore met à jour le stock, la commande et le registre d’hygiène."
    )

    comings: ClassVar[tuple[Coming, ...]] = (Coming.DELIVERED, Coming.COLLECTED)
    begins: ClassVar[str] = mark("Recevoir…")
    invites: ClassVar[str] = mark(
        "Aucune réception encore. Une commande partie se reçoit ici, ligne par ligne."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, DeliveryRow] = {}
        may = desk.may_write("supply")
        self.new = self._action(tr(self.begins), "Ctrl+N", self._begin, enabled=may)
        empty = EmptyState(
            tr(self.invites),
            self.new.text(),
            self.new.trigger,
            icon="clipboard",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Réceptions"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez une réception, ou commencez-en une."), self
        )
        self.list.share(2, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.first_stop = self.list.search

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def document(self) -> tuple[str, Period]:
        today = civil_date(self.desk.book.clock())
        return "reception-sheet", Period(today, today + DAY)

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a reception by its key, or begin that of an order: ``("order", 12)``."""
        if isinstance(target, tuple) and target[0] == "order":
            self._receive([target[1]])
            return
        self.refresh()
        if isinstance(target, int):
            self.table.go_to(target)

    @override
    def refresh(self) -> None:
        """Read the receptions again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            shown = Period(today - SHOWN, today + AHEAD)
            rows = [row for row in deliveries_of(session, shown) if self._shows(row)]
            coming = [row for row in open_orders(session) if row.state is not OrderState.DRAFT]
        self._rows = {row.key: row for row in sorted(rows, key=lambda row: row.is_closed)}
        expected = sum(row.delivery_day <= today for row in coming)
        expected += sum(row.expected and row.day <= today for row in rows)
        words = trn(
            "{n} livraison attendue aujourd’hui", "{n} livraisons attendues aujourd’hui", expected
        )
        self.subtitle = words if expected else ""
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        pane = self.list.pane
        if isinstance(pane, DeliveryPane) and pane.key in self._rows:
            pane.refresh()

    def _shows(self, row: DeliveryRow) -> bool:
        """Tell whether a reception belongs here: a gift does while it is awaited."""
        return row.coming in self.comings or row.expected

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        words = fold(self.list.words)
        found = [
            row
            for row in self._rows.values()
            if words in fold(f"{row.supplier} {row.number} {row.note_number}")
        ]
        if column == "supplier":
            found.sort(key=lambda row: fold(row.supplier))
        if down:
            found.reverse()
        return [row.key for row in found]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._rows[key]) for key in keys]

    def _detail(self, key: int) -> QWidget:
        return DeliveryPane(self.desk, key)

    @Slot()
    def _begin(self) -> None:
        with self.desk.book.read() as session:
            coming = [row for row in open_orders(session) if row.state is not OrderState.DRAFT]
        texts = [_order_words(row) for row in coming[:MOST_SHOWN]]
        texts.append(tr("Sans commande : acheté sur place, arrivé à l’improviste"))
        place = choose(self, tr("Recevoir"), tr("Que recevez-vous ?"), texts, tr("Commencer"))
        if place is None:
            return
        if place < len(texts) - 1:
            self._receive([coming[place].key])
        else:
            self._receive_without()

    def _receive(self, orders: list[int]) -> None:
        with self.desk.book.action(tr("Réception commencée")) as session:
            key = draft_from(session, orders, self.desk.book.clock()).id
        self._show(key)

    def _receive_without(self) -> None:
        kinds = (SupplierKind.SUPPLIER, SupplierKind.SHOP)
        with self.desk.book.read() as session:
            known = [(each.id, each.name, each.kind) for each in suppliers(session, *kinds)]
        if not known:
            self.desk.tell(tr("Ajoutez d’abord un fournisseur et ses articles."))
            return
        names = [name for _key, name, _kind in known]
        place = choose(self, tr("Recevoir"), tr("De qui ?"), names, tr("Commencer"))
        if place is None:
            return
        supplier, _name, kind = known[place]
        coming = Coming.COLLECTED if kind is SupplierKind.SHOP else Coming.DELIVERED
        with self.desk.book.action(tr("Réception commencée")) as session:
            key = draft_without_order(session, supplier, self.desk.book.clock(), coming).id
        self._show(key)

    def _show(self, key: int) -> None:
        self.list.search.clear()
        self.refresh()
        self.table.go_to(key)
        pane = self.list.pane
        if isinstance(pane, DeliveryPane):
            pane.grid.setFocus()


def _order_words(row: OrderRow) -> str:
    return tr("{supplier}, {number}, attendue le {day}").format(
        supplier=row.supplier, number=row.number, day=short_day(row.delivery_day)
    )


def _columns() -> list[Column]:
    return [
        Column(tr("Jour"), 98, key="day"),
        Column(tr("Fournisseur"), 120, key="supplier"),
        Column(tr("Montant"), 76, "right"),
    ]


def _texts(row: DeliveryRow) -> Row:
    name = row.supplier
    if row.expected:
        name = tr("{name} (don annoncé)").format(name=name)
    elif not row.is_closed:
        name = tr("{name} (en cours)").format(name=name)
    elif row.corrected:
        name = tr("{name} (corrigée)").format(name=name)
    amount = tr("annoncé") if row.expected else money(row.net)
    return Row((short_day(row.day), name, amount), "" if row.is_closed else "warn")
