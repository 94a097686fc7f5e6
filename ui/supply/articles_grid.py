"""What a supplier sells: a grid where packs and prices are typed as they are announced."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, tr
from cantine_desktop.supply.articles.keeping import (
    ArticleFacts,
    add_article,
    archive_article,
    change_article,
    facts_of,
    set_price,
)
from cantine_desktop.supply.articles.listing import ArticleRow, article_rows
from cantine_desktop.supply.articles.model import Article, ContentUnit, PriceBasis
from cantine_desktop.supply.articles.pack_text import read_packs
from cantine_desktop.supply.articles.price_text import read_price
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.products.naming import product_named
from cantine_desktop.supply.suppliers.model import Supplier
from ui.desk import Desk
from ui.kit.dialogs import ask_text
from ui.kit.flow import FlowLayout
from ui.kit.grid import Cell, EntryGrid, GridModel, Head
from ui.kit.theme import scaled

PACK, PRICE, REAL, CODE, LABELS = range(5)


class ArticlesGrid(QWidget):
    """The articles of a supplier; a changed price holds from today on."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self._rows: list[ArticleRow] = []
        self.grid = EntryGrid(
            GridModel(self._cell, self._write), tr("Articles du fournisseur"), parent=self
        )
        self.grid.setMinimumHeight(scaled(300))
        self.new = QPushButton(tr("Ajouter un article…"), self)
        self.new.clicked.connect(self._add)
        self.whole = QPushButton(tr("Fiche de l’article…"), self)
        self.whole.clicked.connect(self._show_whole)
        self.prices = QPushButton(tr("Coller un tarif…"), self)
        self.prices.clicked.connect(self._take_list)
        self.remove = QPushButton(tr("Archiver l’article"), self)
        self.remove.clicked.connect(self._archive)
        buttons = QWidget(self)
        flow = FlowLayout(scaled(8), buttons)
        for button in (self.new, self.whole, self.prices, self.remove):
            button.setEnabled(button is self.whole or desk.may_write("supply"))
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        column.addWidget(buttons)

    def refresh(self) -> None:
        """Read the articles again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            self._rows = article_rows(session, today, supplier_id=self.key)
        self.grid.model.show([Head(row.name) for row in self._rows], _heads())
        for button in (self.remove, self.whole):
            button.setVisible(bool(self._rows))

    def _cell(self, row: int, column: int) -> Cell:
        line = self._rows[row]
        real = line.real_price
        per = {Dimension.MASS: tr("kg"), Dimension.VOLUME: tr("l"), Dimension.PIECE: tr("pièce")}
        text = {
            PACK: line.unit,
            PRICE: line.price,
            REAL: "" if real is None else f"{money(real)}/{per[line.dimension]}",
            CODE: line.code,
            LABELS: line.labels,
        }[column]
        tips = {
            PACK: tr(
                "Ce que contient l’unité de commande : « colis de 6 x 250 g », « sac 25 kg »."
            ),
            PRICE: tr(
                "Le prix annoncé, hors taxes : « 2,40 le kg », « 50 le colis », « 0,36 la pièce »."
            ),
        }
        may = self.desk.may_write("supply") and column in {PACK, PRICE, CODE}
        return Cell(text, tip=tips.get(column, ""), editable=may)

    def _write(self, row: int, column: int, text: str) -> str | None:
        line, now = self._rows[row], self.desk.book.clock()
        with self.desk.book.action(tr("Article changé")) as session:
            if column == PRICE:
                price, basis = read_price(text)
                set_price(session, line.key, price, basis, civil_date(now), now)
                return None
            facts = facts_of(session.get_one(Article, line.key))
            if column == PACK:
                packing = read_packs(text)
                facts = replace(facts, packs=packing.packs, content_unit=packing.unit)
            else:
                facts = replace(facts, code=text)
            change_article(session, line.key, facts)
        return None

    @Slot()
    def _add(self) -> None:
        title = tr("Ajouter un article")
        name = ask_text(
            self, title, tr("Quel produit ? Tapez son nom, comme dans vos recettes."), tr("Ajouter")
        )
        if name is None:
            return
        now = self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Article ajouté")) as session:
                product = product_named(session, name)
                is_local = session.get_one(Supplier, self.key).is_local
                facts = ArticleFacts(
                    supplier_id=self.key,
                    product_id=product.id,
                    name=product.name,
                    packs=((tr("colis"), _usual(product)),),
                    content_unit=_unit(product),
                    basis=PriceBasis.KILOGRAM,
                    is_local=is_local,
                )
                key = add_article(session, facts, now, civil_date(now)).id
        except UserError as error:
            self.desk.tell(str(error))
            return
        place = next((rank for rank, row in enumerate(self._rows) if row.key == key), 0)
        self.grid.view.stand(place, PACK)
        self.grid.setFocus()

    @Slot()
    def _take_list(self) -> None:
        from ui.supply.price_list import PriceListDialog  # noqa: PLC0415  -- brings the readers

        PriceListDialog(self.desk, self.key, self.window()).exec()

    def _current(self) -> int | None:
        """Return the key of the article of the current row; say so when there is none."""
        place = self.grid.view.currentIndex().row()
        if 0 <= place < len(self._rows):
            return self._rows[place].key
        self.desk.tell(tr("Choisissez d’abord un article dans la grille."))
        return None

    @Slot()
    def _show_whole(self) -> None:
        from ui.supply.article_form import ArticleDialog  # noqa: PLC0415  -- seldom opened

        key = self._current()
        if key is not None:
            ArticleDialog(self.desk, key, self.window()).exec()

    @Slot()
    def _archive(self) -> None:
        key = self._current()
        if key is None:
            return
        with self.desk.book.action(tr("Article archivé")) as session:
            archive_article(session, key)
        self.desk.tell(tr("Article archivé."), undo=True)


def _unit(product: Product) -> ContentUnit:
    units = {
        Dimension.MASS: ContentUnit.GRAM,
        Dimension.VOLUME: ContentUnit.MILLILITRE,
        Dimension.PIECE: ContentUnit.PIECE,
    }
    return units[product.dimension]


def _usual(product: Product) -> Decimal:
    return Decimal(1 if product.dimension is Dimension.PIECE else 1000)


def _heads() -> list[Head]:
    return [
        Head(tr("Unité de commande"), width=190, align="left"),
        Head(tr("Prix HT"), width=110),
        Head(tr("Prix réel"), width=90),
        Head(tr("Code"), width=70, align="left"),
        Head(tr("Qualité, origine"), width=170, align="left"),
    ]
