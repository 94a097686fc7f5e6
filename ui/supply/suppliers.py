"""Suppliers: who they are, when they deliver, what they ask, what they sell and for how much."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.suppliers.keeping import (
    SupplierFacts,
    add_supplier,
    archive,
    suppliers,
)
from cantine_desktop.supply.suppliers.model import Supplier, SupplierKind
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.supply.rises import RisesDialog
from ui.supply.supplier_pane import SupplierPane

KINDS = {
    SupplierKind.SUPPLIER: mark("Livre"),
    SupplierKind.SHOP: mark("Magasin"),
    SupplierKind.DONOR: mark("Donne"),
}

_WHICH = (mark("En service"), mark("Archivés aussi"))


class SuppliersScreen(Screen):
    """The directory of suppliers and givers."""

    key: ClassVar[str] = "suppliers"
    shows: ClassVar[frozenset[str]] = frozenset({
        *("supplier", "order_day", "supplier_closure", "supplier_paper"),
        *("article", "article_price", "pack", "returnable"),
    })
    help_text: ClassVar[str] = mark(
        "Le prix tel qu’il est annoncé fait foi : au colis, au kilo, à la pièce. Le prix réel au "
        "kilo s’en déduit. Une commande garde les prix de son jour."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, tuple[str, str, int, bool]] = {}
        may = desk.may_write("supply")
        self.new = self._action(tr("Nouveau fournisseur"), "Ctrl+N", self._add, enabled=may)
        self.rises = self._action(tr("Hausses de prix…"), "", self._show_rises)
        self.put_away = self._action(tr("Archiver"), "", self._archive, enabled=may)
        empty = EmptyState(
            tr("Aucun fournisseur encore. Ajoutez celui à qui vous commandez le plus souvent."),
            self.new.text(),
            self.new.trigger,
            icon="shopping-cart",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Fournisseurs"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez un fournisseur, ou ajoutez-en un."), self
        )
        self.list.share(2, 5)
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Quels fournisseurs"))
        self.which.addItems([tr(words) for words in _WHICH])
        self.which.activated.connect(self._refilter)
        self._bar = QWidget(self)
        flow = FlowLayout(scaled(8), self._bar)
        rises = QPushButton(self.rises.text(), self._bar)
        rises.clicked.connect(self.rises.trigger)
        flow.addWidget(self.which)
        flow.addWidget(rises)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.first_stop = self.list.search

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
        """Show a supplier by its key."""
        self.list.search.clear()
        self.refresh()
        if isinstance(target, int):
            if target not in self._rows:
                self.which.setCurrentIndex(1)
                self.refresh()
            self.table.go_to(target)

    @override
    def refresh(self) -> None:
        """Read the suppliers again."""
        with self.desk.book.read() as session:
            counts = _articles(session)
            rows = suppliers(session, with_archived=self.which.currentIndex() == 1)
            self._rows = {
                row.id: (row.name, tr(KINDS[row.kind]), counts.get(row.id, 0), row.is_active)
                for row in rows
            }
        self.subtitle = trn("{n} fournisseur", "{n} fournisseurs", len(self._rows))
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        if self.pane is not None and self.pane.key in self._rows:
            self.pane.refresh()

    @property
    def pane(self) -> SupplierPane | None:
        """The supplier that is shown."""
        pane = self.list.pane
        return pane if isinstance(pane, SupplierPane) else None

    @Slot()
    def _show_rises(self) -> None:
        RisesDialog(self.desk, self).exec()

    @Slot()
    def _refilter(self) -> None:
        self.refresh()

    def _find(self, _column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        words = fold(self.list.words)
        found = [key for key, row in self._rows.items() if words in fold(row[0])]
        return found[::-1] if down else found

    def _load(self, keys: Sequence[int]) -> list[Row]:
        found: list[Row] = []
        for key in keys:
            name, kind, articles, is_active = self._rows[key]
            texts = (name, kind, str(articles or ""))
            found.append(Row(texts, "" if is_active else "muted"))
        return found

    def _detail(self, key: int) -> QWidget:
        is_active = key not in self._rows or self._rows[key][3]
        self.put_away.setText(tr("Archiver") if is_active else tr("Remettre dans la liste"))
        return SupplierPane(self.desk, key, self.put_away)

    @Slot()
    def _add(self) -> None:
        with self.desk.book.action(tr("Fournisseur ajouté")) as session:
            key = add_supplier(session, SupplierFacts(_free_name(session))).id
        self.open_at(key)
        if self.pane is not None:
            self.pane.name_it()

    @Slot()
    def _archive(self) -> None:
        key = self.table.current_key
        if key is None:
            return
        is_active = not self._rows[key][3]
        words = tr("Fournisseur remis dans la liste") if is_active else tr("Fournisseur archivé")
        with self.desk.book.action(words) as session:
            archive(session, key, is_active=is_active)
        self.desk.tell(f"{words}.", undo=True)


def _articles(session: Session) -> dict[int, int]:
    query = (
        select(Article.supplier_id, func.count())
        .where(Article.is_active)
        .group_by(Article.supplier_id)
    )
    return dict(session.execute(query).all())


def _free_name(session: Session) -> str:
    name, rank = tr("Nouveau fournisseur"), 2
    while session.scalar(select(Supplier.id).where(Supplier.name == name)) is not None:
        name, rank = tr("Nouveau fournisseur {n}").format(n=rank), rank + 1
    return name


def _columns() -> list[Column]:
    return [
        Column(tr("Fournisseur"), 160, key="name"),
        Column(tr("Rôle"), 76),
        Column(tr("Articles"), 56, "right"),
    ]
