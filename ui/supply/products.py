"""Products: what goes into recipes, with the source of every figure, and one's own instead."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox
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
from ui.kit.table import Column, Row
from ui.list_screen import ListScreen, Sorting
from ui.supply.products_pane import ProductPane

_WHICH = (mark("Tous"), mark("Allergènes inconnus"), mark("Archivés"))


class ProductsScreen(ListScreen[ProductRow, ProductPane]):
    """The products of the canteen."""

    key: ClassVar[str] = "products"
    shows: ClassVar[frozenset[str]] = frozenset({"product"})
    help_text: ClassVar[str] = mark(
        "Les valeurs de départ ont leur source. Les vôtres les remplacent : allergènes de "
        "l’étiquette, prix payé, rendement mesuré. Une valeur invraisemblable est refusée."
    )

    parts: ClassVar[tuple[int, int]] = (4, 5)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
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
        self._lay_out(
            tr("Produits"), _columns(), empty, tr("Choisissez un produit, ou ajoutez-en un.")
        )
        self._main, self._bar = self.new, self._make_bar(*self._boxes())

    def _boxes(self) -> tuple[QComboBox, QComboBox]:
        self.family = QComboBox(self)
        self.family.setAccessibleName(tr("Famille"))
        self.family.addItem(tr("Toutes les familles"), "")
        for family, words in FAMILIES.items():
            self.family.addItem(tr(words), family)
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Quels produits"))
        self.which.addItems([tr(words) for words in _WHICH])
        for box in (self.family, self.which):
            box.activated.connect(self._refilter)
        return self.family, self.which

    @override
    def _widen(self) -> None:
        self.family.setCurrentIndex(0)
        self.which.setCurrentIndex(0)

    @override
    def _read(self) -> list[ProductRow]:
        with self.desk.book.read() as session:
            rows = product_rows(session)
        used = sum(row.is_active for row in rows)
        self.subtitle = trn("{n} produit", "{n} produits", used)
        return rows

    @override
    def _kept(self) -> list[ProductRow]:
        told = self.family.currentData()
        family = ProductFamily(told) if told else None
        place = self.which.currentIndex()
        return chosen(
            self.rows.values(), self.list.words, family, unknown=place == 1, archived=place == 2
        )

    @override
    def _sorting(self) -> Sorting[ProductRow]:
        return {
            "price": lambda row: -1 if row.price is None else row.price,
            "carbon": lambda row: -1 if row.carbon is None else row.carbon,
        }

    @override
    def _row(self, record: ProductRow) -> Row:
        price = ""
        if record.price is not None:
            price = tr(PER_UNIT[record.dimension]).format(price=number(record.price, 2))
        carbon = "" if record.carbon is None else number(record.carbon, 2)
        texts = (record.name, price, carbon, record.allergens)
        return Row(texts, "" if record.is_active else "muted")

    @override
    def _pane(self, key: int) -> ProductPane:
        row = self.rows.get(key)
        used = row is None or row.is_active
        self.put_away.setText(tr("Archiver") if used else tr("Remettre dans la liste"))
        return ProductPane(self.desk, key, self.put_away)

    @Slot()
    def _refilter(self) -> None:
        self.table.refresh()

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
        active = not self.rows[key].is_active
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
