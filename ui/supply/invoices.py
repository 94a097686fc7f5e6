"""Suppliers' invoices beside deliveries: what agrees, what is claimed, what is posted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.i18n import month as month_words
from cantine_desktop.supply.invoices.month import SupplyMonth, post_month, supply_month
from cantine_desktop.supply.invoices.queries import InvoiceRow, invoice_rows
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.dialogs import ask
from ui.kit.empty import EmptyState
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.screen import Screen
from ui.supply.invoice_head import HeadDialog
from ui.supply.invoice_pane import InvoicePane

_YEAR = timedelta(days=365)


class InvoicesScreen(Screen):
    """Invoices of a year, and older ones that are not over."""

    key: ClassVar[str] = "invoices"
    shows: ClassVar[frozenset[str]] = frozenset({
        "supplier_invoice",
        "supplier_invoice_line",
        "delivery",
        "entry",
        "article_price",
    })
    help_text: ClassVar[str] = mark(
        "Une ligne est d’accord à 1 € ou 2 % près. Au-delà, acceptez-la ou réclamez : la facture "
        "ne se paie pas avant l’avoir. Passée en comptes, elle met à jour ce que les lots ont "
        "coûté."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, InvoiceRow] = {}
        may = desk.may_write("supply")
        self.new = self._action(tr("Rapprocher une facture…"), "Ctrl+N", self._begin, enabled=may)
        self.month = self._action(
            tr("Fin de mois…"), "", self._end_month, enabled=may and desk.may_write("finance")
        )
        empty = EmptyState(
            tr(
                "Aucune facture rapprochée. Prenez la dernière facture d’un fournisseur : ses "
                "livraisons se proposent seules."
            ),
            self.new.text(),
            self.new.trigger,
            icon="receipt",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Factures"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez une facture, ou rapprochez la suivante."), self
        )
        self.list.share(4, 7)
        self._bar = QPushButton(self.month.text(), self)
        self._bar.setEnabled(self.month.isEnabled())
        self._bar.clicked.connect(self.month.trigger)
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
        """Show an invoice by its key."""
        self.list.search.clear()
        self.refresh()
        if isinstance(target, int):
            self.table.go_to(target)

    @override
    def refresh(self) -> None:
        """Read the invoices again."""
        since = civil_date(self.desk.book.clock()) - _YEAR
        with self.desk.book.read() as session:
            rows = invoice_rows(session, since)
        self._rows = {row.key: row for row in rows}
        to_do = sum(not row.is_posted for row in rows)
        claims = sum(row.claims for row in rows)
        words = [trn("{n} facture à finir", "{n} factures à finir", to_do)] if to_do else []
        if claims:
            words.append(trn("{n} avoir attendu", "{n} avoirs attendus", claims))
        self.subtitle = " · ".join(words)
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        pane = self.list.pane
        if isinstance(pane, InvoicePane) and pane.key in self._rows:
            pane.refresh()

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        words = fold(self.list.words)
        found = [
            row for row in self._rows.values() if words in fold(f"{row.supplier} {row.number}")
        ]
        if column == "supplier":
            found.sort(key=lambda row: fold(row.supplier))
        elif column == "total":
            found.sort(key=lambda row: row.total.cents)
        if down:
            found.reverse()
        return [row.key for row in found]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._rows[key]) for key in keys]

    def _detail(self, key: int) -> QWidget:
        return InvoicePane(self.desk, key)

    @Slot()
    def _begin(self) -> None:
        dialog = HeadDialog(self.desk, self)
        if dialog.exec() and dialog.made is not None:
            self.open_at(dialog.made)
            pane = self.list.pane
            if isinstance(pane, InvoicePane):
                pane.grid.setFocus()

    @Slot()
    def _end_month(self) -> None:
        """Show what last month hands to the accounts, and write it once agreed."""
        today = civil_date(self.desk.book.clock())
        month = Period.month(Period.month(today).first - DAY)
        with self.desk.book.read() as session:
            found = supply_month(session, month)
        title = tr("Fin de mois, {month}").format(month=month_words(month.first))
        if not ask(self, title, "\n".join(_month_lines(found)), tr("Écrire en comptes")):
            return
        try:
            with self.desk.book.action(title) as session:
                made = len(post_month(session, month, self.desk.book.clock()))
        except UserError as error:
            self.desk.tell(str(error))
            return
        if made:
            self.desk.tell(trn("{n} écriture faite.", "{n} écritures faites.", made), undo=True)
        else:
            self.desk.tell(tr("Tout y était déjà."))


def _month_lines(found: SupplyMonth) -> list[str]:
    waiting = Money(sum(each.amount.cents for each in found.not_invoiced))
    names = ", ".join(each.supplier for each in found.not_invoiced) or tr("aucun fournisseur")
    lines = [
        tr("Reçu sans facture : {amount} TTC ({names}), repris le mois suivant.").format(
            amount=money(waiting), names=names
        )
    ]
    if found.stock is not None:
        lines.append(tr("Stock suivi : {amount}.").format(amount=money(found.stock)))
    lines.append(
        tr("Denrées données : {amount}, au pied des comptes.").format(amount=money(found.gifts))
    )
    return lines


def _columns() -> list[Column]:
    return [
        Column(tr("Date"), 98, key="day"),
        Column(tr("Fournisseur"), 108, key="supplier"),
        Column(tr("État"), 100),
        Column(tr("TTC"), 74, "right", key="total"),
    ]


def _texts(row: InvoiceRow) -> Row:
    tone = "bad" if row.to_see or row.claims else ("muted" if row.is_posted else "")
    return Row((short_day(row.day), row.supplier, row.state_words, money(row.total)), tone)
