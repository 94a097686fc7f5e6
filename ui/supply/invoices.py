"""Suppliers' invoices beside deliveries: what agrees, what is claimed, what is posted."""

from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Slot
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
from ui.kit.table import Column, Row
from ui.list_screen import ListScreen, Sorting
from ui.supply.invoice_head import HeadDialog
from ui.supply.invoice_pane import InvoicePane

_YEAR = timedelta(days=365)


class InvoicesScreen(ListScreen[InvoiceRow, InvoicePane]):
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

    parts: ClassVar[tuple[int, int]] = (9, 14)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
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
        self._lay_out(
            tr("Factures"),
            _columns(),
            empty,
            tr("Choisissez une facture, ou rapprochez la suivante."),
        )
        self._main, self._bar = self.new, self._make_bar(self.month)

    @override
    def _read(self) -> list[InvoiceRow]:
        since = civil_date(self.desk.book.clock()) - _YEAR
        with self.desk.book.read() as session:
            rows = invoice_rows(session, since)
        to_do = sum(not row.is_posted for row in rows)
        claims = sum(row.claims for row in rows)
        words = [trn("{n} facture à finir", "{n} factures à finir", to_do)] if to_do else []
        if claims:
            words.append(trn("{n} avoir attendu", "{n} avoirs attendus", claims))
        self.subtitle = " · ".join(words)
        return rows

    @override
    def _words(self, record: InvoiceRow) -> str:
        return f"{record.supplier} {record.number}"

    @override
    def _sorting(self) -> Sorting[InvoiceRow]:
        return {"supplier": lambda row: fold(row.supplier), "total": lambda row: row.total.cents}

    @override
    def _row(self, record: InvoiceRow) -> Row:
        tone = "muted" if record.is_posted else ""
        texts = (short_day(record.day), record.supplier, record.state_words, money(record.total))
        return Row(texts, "bad" if record.to_see or record.claims else tone)

    @override
    def _pane(self, key: int) -> InvoicePane:
        return InvoicePane(self.desk, key)

    @Slot()
    def _begin(self) -> None:
        dialog = HeadDialog(self.desk, self)
        if dialog.exec() and dialog.made is not None:
            self.open_at(dialog.made)
            if self.pane is not None:
                self.pane.grid.setFocus()

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
        Column(tr("Fournisseur"), 110, key="supplier"),
        Column(tr("État"), 108),
        Column(tr("TTC"), 74, "right", key="total"),
    ]
