"""Suppliers: who they are, when they deliver, what they ask, what they sell and for how much."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox
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
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.table import Column, Row
from ui.list_screen import ListScreen
from ui.supply.rises import RisesDialog
from ui.supply.supplier_pane import SupplierPane

KINDS = {
    SupplierKind.SUPPLIER: mark("Livre"),
    SupplierKind.SHOP: mark("Magasin"),
    SupplierKind.DONOR: mark("Donne"),
}

_WHICH = (mark("En service"), mark("Archivés aussi"))


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier in the directory.

    Attributes:
        key: Its key.
        name: Its name.
        kind: What it does for the canteen.
        articles: How many articles it sells.
        is_active: Whether it is in use.
    """

    key: int
    name: str
    kind: SupplierKind
    articles: int
    is_active: bool


class SuppliersScreen(ListScreen[SupplierRow, SupplierPane]):
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

    parts: ClassVar[tuple[int, int]] = (2, 5)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
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
        self._lay_out(
            tr("Fournisseurs"),
            _columns(),
            empty,
            tr("Choisissez un fournisseur, ou ajoutez-en un."),
        )
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Quels fournisseurs"))
        self.which.addItems([tr(words) for words in _WHICH])
        self.which.activated.connect(self._refilter)
        self._main, self._bar = self.new, self._make_bar(self.which, self.rises)

    @override
    def _widen(self) -> None:
        self.which.setCurrentIndex(1)

    @override
    def _read(self) -> list[SupplierRow]:
        with self.desk.book.read() as session:
            counts = _articles(session)
            found = suppliers(session, with_archived=self.which.currentIndex() == 1)
            rows = [
                SupplierRow(each.id, each.name, each.kind, counts.get(each.id, 0), each.is_active)
                for each in found
            ]
        self.subtitle = trn("{n} fournisseur", "{n} fournisseurs", len(rows))
        return rows

    @override
    def _words(self, record: SupplierRow) -> str:
        return record.name

    @override
    def _row(self, record: SupplierRow) -> Row:
        texts = (record.name, tr(KINDS[record.kind]), str(record.articles or ""))
        return Row(texts, "" if record.is_active else "muted")

    @override
    def _pane(self, key: int) -> SupplierPane:
        is_active = key not in self.rows or self.rows[key].is_active
        self.put_away.setText(tr("Archiver") if is_active else tr("Remettre dans la liste"))
        return SupplierPane(self.desk, key, self.put_away)

    @Slot()
    def _show_rises(self) -> None:
        RisesDialog(self.desk, self).exec()

    @Slot()
    def _refilter(self) -> None:
        self.refresh()

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
        is_active = not self.rows[key].is_active
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
