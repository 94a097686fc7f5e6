"""Orders to suppliers: written by numbers, sent, sent again, cancelled."""

from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox
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
from ui.kit.table import Column, Row
from ui.list_screen import ListScreen, Sorting
from ui.supply.order_pane import OrderPane

_WHICH = (mark("En cours"), mark("Depuis un an"))
_YEAR = timedelta(days=365)


class OrdersScreen(ListScreen[OrderRow, OrderPane]):
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

    parts: ClassVar[tuple[int, int]] = (9, 14)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        may = desk.may_write("supply")
        self.new = self._action(tr("Nouvelle commande…"), "Ctrl+N", self._begin, enabled=may)
        empty = EmptyState(
            tr("Aucune commande en cours. Choisissez un fournisseur pour écrire la prochaine."),
            self.new.text(),
            self.new.trigger,
            icon="shopping-cart",
        )
        self._lay_out(
            tr("Commandes"),
            _columns(),
            empty,
            tr("Choisissez une commande, ou écrivez la suivante."),
        )
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Quelles commandes"))
        self.which.addItems([tr(words) for words in _WHICH])
        self.which.activated.connect(self._refilter)
        self._main, self._bar = self.new, self.which

    @override
    def document(self) -> tuple[str, Period]:
        row = self.rows.get(self.table.current_key or 0)
        day = row.delivery_day if row is not None else civil_date(self.desk.book.clock())
        return "orders", Period(day, day + DAY) if row is not None else Period.week(day)

    @override
    def _widen(self) -> None:
        self.which.setCurrentIndex(1)

    @override
    def _read(self) -> list[OrderRow]:
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            if self.which.currentIndex() == 1:
                rows = orders_of(session, Period(today - _YEAR, today + _YEAR))
            else:
                rows = open_orders(session)
        to_send = sum(row.state is OrderState.DRAFT for row in rows)
        self.subtitle = trn("{n} à envoyer", "{n} à envoyer", to_send) if rows else ""
        return rows

    @override
    def _words(self, record: OrderRow) -> str:
        return f"{record.supplier} {record.number}"

    @override
    def _sorting(self) -> Sorting[OrderRow]:
        return {
            "supplier": lambda row: fold(row.supplier),
            "total": lambda row: row.totals.total.cents,
        }

    @override
    def _row(self, record: OrderRow) -> Row:
        is_late = record.is_late(self.desk.book.clock())
        state = tr("en retard") if is_late else record.state_words
        is_over = record.state in {OrderState.RECEIVED, OrderState.CANCELLED}
        total = money(record.totals.total)
        texts = (short_day(record.delivery_day), record.supplier, state, total)
        return Row(texts, "muted" if is_over else "")

    @override
    def _pane(self, key: int) -> OrderPane:
        return OrderPane(self.desk, key)

    @Slot()
    def _refilter(self) -> None:
        self.refresh()

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
        if self.pane is not None:
            self.pane.grid.setFocus()


def _columns() -> list[Column]:
    return [
        Column(tr("Livraison"), 98, key="day"),
        Column(tr("Fournisseur"), 126, key="supplier"),
        Column(tr("État"), 92),
        Column(tr("HT"), 72, "right", key="total"),
    ]
