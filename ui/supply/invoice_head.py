"""The dialog by which an invoice begins: a piece that was dropped in, or its paper beside."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.inbox import reading_of
from cantine_desktop.finance.pieces.listing import PieceRow, PieceState, pieces
from cantine_desktop.finance.pieces.model import Piece
from cantine_desktop.i18n import money, tr
from cantine_desktop.supply.invoices.drafting import Head, awaited, begin, bill
from cantine_desktop.supply.invoices.matching import bill_electronic, net_of
from cantine_desktop.supply.invoices.proposing import likely_lines
from cantine_desktop.supply.suppliers.keeping import suppliers
from cantine_desktop.supply.suppliers.model import SupplierKind
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.theme import scaled

MOST_PIECES = 50


class HeadDialog(Dialog):
    """Asks whose invoice it is, its number and its totals; a piece fills them in.

    Attributes:
        made: Key of the invoice, once it is begun.
    """

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Rapprocher une facture"),
            tr("Les livraisons qui font son total sont proposées ; un avoir a un total négatif."),
        )
        self.desk = desk
        self.made: int | None = None
        with desk.book.read() as session:
            kinds = (SupplierKind.SUPPLIER, SupplierKind.SHOP)
            known = [(each.id, each.name) for each in suppliers(session, *kinds)]
            self._pieces = _to_do(desk, session)
        self._make_fields(known)
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        self.act, _ = self.add_answers(tr("Rapprocher"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.keep)
        self.act.setEnabled(bool(known))
        self.setMinimumWidth(scaled(580))
        self.piece.activated.connect(self._fill)
        self.supplier.setFocus()

    def _make_fields(self, known: list[tuple[int, str]]) -> None:
        self.piece = QComboBox()
        self.piece.addItem(tr("Aucune : facture sur papier"), None)
        for row in self._pieces.values():
            self.piece.addItem(_words(row), row.key)
        self.supplier = QComboBox()
        for key, name in known:
            self.supplier.addItem(name, key)
        self.number = TextEdit(tr("Numéro"), required=True, longest=60)
        self.day = DateEdit(tr("Date"), self._today, required=True)
        self.day.set_value(self._today())
        self.total = MoneyEdit(tr("Total TTC"), negative=True, required=True)
        self.net = MoneyEdit(tr("Total HT"), negative=True)
        self.due = DateEdit(tr("À payer avant le"), self._today)
        self.form = Form()
        for name, words, field in (
            ("piece", tr("Pièce"), self.piece),
            ("supplier", tr("Fournisseur"), self.supplier),
            ("number", tr("Numéro"), self.number),
            ("day", tr("Date"), self.day),
            ("total", tr("Total TTC"), self.total),
            ("net", tr("Total HT"), self.net),
            ("due", tr("À payer avant le"), self.due),
        ):
            self.form.add(name, words, field)

    @Slot()
    def _fill(self) -> None:
        """Take over what the piece says."""
        row = self._pieces.get(self.piece.currentData() or 0)
        if row is None:
            return
        wanted = fold(row.supplier)
        for place in range(self.supplier.count()):
            name = fold(self.supplier.itemText(place))
            if wanted and (wanted in name or name in wanted):
                self.supplier.setCurrentIndex(place)
        self.number.set_value(row.invoice_number or None)
        self.day.set_value(row.day or self._today())
        self.total.set_value(row.total)
        self.due.set_value(row.due_day)

    @Slot()
    def keep(self) -> None:
        """Begin the invoice with the lines it most likely bills, or say what is wrong."""
        if not self.form.check():
            return
        day, total = self.day.value, self.total.value
        assert day is not None
        assert total is not None
        head = Head(
            self.supplier.currentData(),
            self.number.line.text(),
            day,
            total,
            self.net.value,
            self.due.value,
            self.piece.currentData(),
        )
        try:
            with self.desk.book.action(tr("Facture rapprochée")) as session:
                self.made = self._begin(session, head)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()

    def _begin(self, session: Session, head: Head) -> int:
        now = self.desk.book.clock()
        invoice = begin(session, head, now)
        facts = None
        if head.piece_id is not None:
            facts = reading_of(session, session.get_one(Piece, head.piece_id), now).facts
        if facts is not None and facts.lines:
            invoice.net = invoice.net or net_of(facts)
            bill_electronic(session, invoice.id, facts)
        elif head.total.cents > 0:
            bill(session, invoice.id, likely_lines(awaited(session, head.supplier_id), head.net))
        return invoice.id

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())


def _to_do(desk: Desk, session: Session) -> dict[int, PieceRow]:
    """Return the pieces that wait for their entry; none to who may not read the accounts."""
    if not desk.may_read("finance"):
        return {}
    rows = pieces(session, PieceState.TO_DO)[:MOST_PIECES]
    return {row.key: row for row in rows}


def _words(row: PieceRow) -> str:
    total = "" if row.total is None else money(row.total)
    said = (row.supplier or row.name, row.invoice_number, total)
    return ", ".join(filter(None, said))
