"""Products: what goes into recipes, with the source of every figure, and one's own instead."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, number, tr, trn
from cantine_desktop.supply.products.keeping import ProductFacts, add_product, archive_product
from cantine_desktop.supply.products.listing import (
    FAMILIES,
    PER_UNIT,
    ProductRow,
    chosen,
    product_rows,
)
from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.supply.products.starter import load_starter_products
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.supply.products_pane import ProductPane

_WHICH = (mark("Tous"), mark("Allergènes inconnus"), mark("Archivés"))


class ProductsScreen(Screen):
    """The products of the canteen."""

    key: ClassVar[str] = "products"
    shows: ClassVar[frozenset[str]] = frozenset({"product"})
    help_text: ClassVar[str] = mark(
        "Les valeurs de départ ont leur source. Les vôtres les remplacent : allergènes de "
        "l’étiquette, prix payé, rendement mesuré. Une valeur invraisemblable est refusée."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, ProductRow] = {}
        may = desk.may_write("supply")
        self.new = self._action(tr("Nouveau produit"), "Ctrl+N", self._add, enabled=may)
        self.put_away = self._action(tr("Archiver"), "", self._archive, enabled=may)
        self.starter = self._action(
            tr("Ajouter les produits de départ"), "", self._load_starter, enabled=may
        )
        empty = EmptyState(
            tr("Aucun produit : commencez par ceux d’une cuisine de cantine, ou les vôtres."),
            tr("Prendre les produits de départ"),
            self.starter.trigger,
            icon="bowl-food",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Produits"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez un produit, ou ajoutez-en un."), self
        )
        self.list.share(4, 5)
        self._bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.first_stop = self.list.search

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        flow = FlowLayout(scaled(8), bar)
        self.family = QComboBox(bar)
        self.family.setAccessibleName(tr("Famille"))
        self.family.addItem(tr("Toutes les familles"), "")
        for family, words in FAMILIES.items():
            self.family.addItem(tr(words), family)
        self.which = QComboBox(bar)
        self.which.setAccessibleName(tr("Quels produits"))
        self.which.addItems([tr(words) for words in _WHICH])
        for box in (self.family, self.which):
            box.activated.connect(self._refilter)
            flow.addWidget(box)
        return bar

    @override
    def filters(self) -> QWidget:
        return self._bar

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a product by its key."""
        self.refresh()
        if isinstance(target, int):
            self.list.search.clear()
            self.family.setCurrentIndex(0)
            self.which.setCurrentIndex(0)
            self.table.refresh()
            self.table.go_to(target)

    @override
    def refresh(self) -> None:
        """Read the products again."""
        with self.desk.book.read() as session:
            self._rows = {row.key: row for row in product_rows(session)}
        used = sum(row.is_active for row in self._rows.values())
        self.subtitle = trn("{n} produit", "{n} produits", used)
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        if self.pane is not None and self.pane.key in self._rows:
            self.pane.refresh()

    @property
    def pane(self) -> ProductPane | None:
        """The product that is shown."""
        pane = self.list.pane
        return pane if isinstance(pane, ProductPane) else None

    @Slot()
    def _refilter(self) -> None:
        self.table.refresh()

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        told = self.family.currentData()
        family = ProductFamily(told) if told else None
        place = self.which.currentIndex()
        found = chosen(
            self._rows.values(), self.list.words, family, unknown=place == 1, archived=place == 2
        )
        if column == "price":
            found.sort(key=lambda row: -1 if row.price is None else row.price, reverse=down)
        elif column == "carbon":
            found.sort(key=lambda row: -1 if row.carbon is None else row.carbon, reverse=down)
        elif down:
            found.reverse()
        return [row.key for row in found]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._rows[key]) for key in keys]

    def _detail(self, key: int) -> QWidget:
        row = self._rows.get(key)
        used = row is None or row.is_active
        self.put_away.setText(tr("Archiver") if used else tr("Remettre dans la liste"))
        return ProductPane(self.desk, key, self.put_away)

    @Slot()
    def _add(self) -> None:
        today = civil_date(self.desk.book.clock())
        with self.desk.book.action(tr("Produit ajouté")) as session:
            facts = ProductFacts(_free_name(session), ProductFamily.OTHER, Dimension.MASS)
            key = add_product(session, facts, today).id
        self.open_at(key)
        if self.pane is not None:
            self.pane.name_it()

    @Slot()
    def _archive(self) -> None:
        key = self.table.current_key
        if key is None:
            return
        active = not self._rows[key].is_active
        words = tr("Produit remis dans la liste") if active else tr("Produit archivé")
        with self.desk.book.action(words) as session:
            archive_product(session, key, active=active)
        self.desk.tell(f"{words}.", undo=True)

    @Slot()
    def _load_starter(self) -> None:
        def work() -> int:
            with self.desk.book.action(tr("Produits de départ")) as session:
                return len(load_starter_products(session))

        self.desk.jobs.run(work, self._on_loaded, _fail, tr("Ajout des produits de départ"))

    def _on_loaded(self, count: int) -> None:
        self.desk.tell(trn("{n} produit.", "{n} produits.", count), undo=True)


def _free_name(session: Session) -> str:
    name, rank = tr("Nouveau produit"), 2
    while session.scalar(select(Product.id).where(Product.name == name)) is not None:
        name, rank = tr("Nouveau produit {n}").format(n=rank), rank + 1
    return name


def _fail(error: BaseException) -> None:
    raise error


def _columns() -> list[Column]:
    return [
        Column(tr("Produit"), 150, key="name"),
        Column(tr("Prix"), 96, "right", key="price"),
        Column(tr("kg CO₂/kg"), 76, "right", key="carbon"),
        Column(tr("Allergènes"), 90),
    ]


def _texts(row: ProductRow) -> Row:
    price = ""
    if row.price is not None:
        price = tr(PER_UNIT[row.dimension]).format(price=number(row.price, 2))
    carbon = "" if row.carbon is None else number(row.carbon, 2)
    tone = "" if row.is_active else "muted"
    texts = (row.name, price, carbon, row.allergens)
    return Row(texts, tone)
