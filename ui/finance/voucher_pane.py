"""One piece: what is wrong in it, what it may prove, and what to do with it."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.finance.pieces.inbox import reading_of
from cantine_desktop.finance.pieces.invoice_facts import Fault, InvoiceFacts, InvoiceLine, Weight
from cantine_desktop.finance.pieces.linking import Candidate, candidates
from cantine_desktop.finance.pieces.listing import (
    LinkRow,
    PieceRow,
    PieceState,
    kind_name,
    links_of,
)
from cantine_desktop.finance.pieces.model import Piece
from cantine_desktop.finance.pieces.naming import file_name
from cantine_desktop.finance.pieces.purchasing import Purchase, proposed
from cantine_desktop.finance.pieces.queries import BankSpending, objects
from cantine_desktop.i18n import mark, money, number, short_day, tr, trn
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.buttons import button
from ui.finance.voucher_form import VoucherForm
from ui.kit.flow import FlowLayout
from ui.kit.labels import wrapped
from ui.kit.notice import Notice, chip
from ui.kit.theme import scaled, set_role

MOST_PROPOSED = 3
MOST_LINES = 12


class PieceShown(NamedTuple):
    """All that the pane shows of a piece, read at once."""

    row: PieceRow
    name: str
    facts: InvoiceFacts | None
    faults: tuple[Fault, ...]
    found: tuple[Candidate, ...]
    links: tuple[LinkRow, ...]
    purchase: Purchase


def read_piece(
    session: Session, row: PieceRow, desk: Desk, spent: Sequence[BankSpending]
) -> PieceShown:
    """Read a piece and what it may prove."""
    piece = session.get_one(Piece, row.key)
    reading = reading_of(session, piece, desk.book.clock())
    found = candidates(session, piece, spent) if row.state is not PieceState.LINKED else []
    return PieceShown(
        row,
        file_name(piece, objects(session, [piece]).get(piece.id, "")),
        reading.facts,
        reading.faults,
        tuple(found[:MOST_PROPOSED]),
        tuple(links_of(session, piece.id)),
        proposed(session, piece, reading.facts),
    )


class VoucherPane(QFrame):
    """The detail of a piece.

    Signals:
        posted: The purchase is to be written.
        kept: What names the piece is to be kept, without an entry.
        linked: It is to be joined to something spent (``MissingRow``).
        unlinked: It is to be taken off (key of the link, ``int``).
        put_aside: It needs no entry, or needs one after all.
        entry_wanted: An entry is to be shown (``int``).
    """

    posted = Signal()
    kept = Signal()
    linked = Signal(object)
    unlinked = Signal(int)
    put_aside = Signal()
    entry_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PieceShown | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_role(self, "page")
        self.title_line = wrapped(role="h2")
        self.facts = wrapped(role="muted")
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error = Notice()
        self.faults = _Stack()
        self.found = _Stack()
        self.links = _Stack()
        self.form = VoucherForm(desk, self)
        self.post = button(tr("Enregistrer l’achat"), "primary")
        self.post.setToolTip(tr("Ctrl+Entrée"))
        self.keep = button(tr("Garder sans écriture"))
        self.keep.setToolTip(tr("Nomme la pièce : fournisseur, date, numéro, montant"))
        self.aside = button(tr("Mettre de côté…"))
        self.pay = button(tr("Préparer un virement…"))
        self.buttons = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.post.clicked.connect(self.posted)
        self.keep.clicked.connect(self.kept)
        self.aside.clicked.connect(self.put_aside)
        flow = FlowLayout(scaled(8), self.buttons)
        for each in (self.post, self.pay):
            flow.addWidget(each)
        others = QWidget()
        second = FlowLayout(scaled(8), others)
        for each in (self.keep, self.aside):
            second.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, scaled(8), 0)
        layout.setSpacing(scaled(10))
        for widget in (
            self.title_line, self.facts, self.error, self.faults, self.links, self.found,
            self.form, others,
        ):  # fmt: skip
            layout.addWidget(widget)
        layout.addStretch(1)

    def present(self, session: Session, shown: PieceShown, *, writable: bool) -> None:
        """Show a piece."""
        self._shown = shown
        row = shown.row
        self.title_line.setText(f"{row.number} · {kind_name(row.kind)}")
        self.facts.setText(_told(shown))
        self.error.clear()
        self._show_faults(shown.faults)
        self._show_links(shown.links, writable=writable)
        self._show_found(shown.found, writable=writable)
        self.form.present(session, shown.purchase)
        is_linked = row.state is PieceState.LINKED
        self.form.setVisible(not is_linked)
        self.buttons.setVisible(writable)
        for each in (self.post, self.keep, self.aside):
            each.setVisible(not is_linked)
        self.pay.setVisible(is_linked)
        self.aside.setText(
            tr("Reprendre") if row.state is PieceState.SET_ASIDE else tr("Mettre de côté…")
        )
        self.form.setEnabled(writable)

    def complain(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.error.tell("bad", sentence)

    def _show_faults(self, faults: Sequence[Fault]) -> None:
        self.faults.clear()
        grave = [fault for fault in faults if fault.weight is Weight.GRAVE]
        doubts = [fault for fault in faults if fault.weight is Weight.DOUBT]
        if grave:
            self.faults.add(chip(trn("{n} erreur", "{n} erreurs", len(grave)), "bad"))
        for fault in grave:
            self.faults.say(fault_words(fault))
        if doubts:
            self.faults.add(chip(trn("{n} à vérifier", "{n} à vérifier", len(doubts)), "warn"))
        for fault in doubts:
            self.faults.say(fault_words(fault))
        for fault in faults:
            if fault.weight is Weight.NOTE:
                words = tr("Remarque — {words}").format(words=fault_words(fault))
                self.faults.say(words, "small")

    def _show_links(self, links: Sequence[LinkRow], *, writable: bool) -> None:
        self.links.clear()
        for link in links:
            day = short_day(link.day) if link.day else ""
            self.links.say(tr("Liée à : {what} {day}").format(what=link.label, day=day))
            if link.entry_id is not None:
                show = button(tr("Montrer l’écriture"))
                show.clicked.connect(partial(self.entry_wanted.emit, link.entry_id))
                self.links.add(show)
            if writable:
                undo = button(tr("Délier"))
                undo.clicked.connect(partial(self.unlinked.emit, link.link_id))
                self.links.add(undo)

    def _show_found(self, found: Sequence[Candidate], *, writable: bool) -> None:
        self.found.clear()
        if not found or not writable:
            return
        self.found.say(tr("Cette pièce prouve peut-être :"), "strong")
        for each in found:
            row = each.row
            words = tr("{label}, {day}, {amount} ({why})").format(
                label=row.label, day=short_day(row.day), amount=money(row.amount), why=each.why
            )
            self.found.say(words)
            join = button(tr("Lier à cette dépense"))
            join.setAccessibleName(tr("Lier à {what}").format(what=words))
            join.clicked.connect(partial(self.linked.emit, row))
            self.found.add(join)

    @Slot()
    def start(self) -> None:
        """Give the keyboard to the first field that is empty."""
        for field in (self.form.supplier, self.form.day, self.form.amount):
            if field.value is None:
                field.setFocus()
                return
        self.post.setFocus()


def fault_words(fault: Fault) -> str:
    """Say a fault with its place: « Ligne 3 (Tomates) : … »."""
    place = fault.place[:1].upper() + fault.place[1:]
    return tr("{place} : {words}").format(place=place, words=fault.text)


UNITS = {
    "KGM": mark("kg"),
    "GRM": mark("g"),
    "LTR": mark("L"),
    "MLT": mark("mL"),
    "MTR": mark("m"),
    "HUR": mark("h"),
    "XBX": mark("carton"),
    "XPK": mark("paquet"),
}


def instead_of(facts: InvoiceFacts | None) -> str:
    """Return what an invoice says, for one that has no picture of itself."""
    if facts is None:
        return ""
    lines = [tr("{name}, facture {number}").format(name=facts.seller.name, number=facts.number)]
    lines += [_line_words(line) for line in facts.lines[:MOST_LINES]]
    left = len(facts.lines) - MOST_LINES
    if left > 0:
        lines.append(trn("… et {n} ligne", "… et {n} lignes", left))
    if (owed := facts.owed) is not None:
        lines.append(tr("Total TTC : {amount}").format(amount=money(owed)))
    return "\n\n".join(lines)


def _line_words(line: InvoiceLine) -> str:
    parts = [line.name or tr("sans nom")]
    if line.quantity is not None:
        unit = tr(UNITS[line.unit]) if line.unit in UNITS else ""
        parts.append(f"{number(line.quantity.normalize() + 0)} {unit}".strip())
    if line.total is not None:
        parts.append(tr("{amount} HT").format(amount=money(Money.from_decimal(line.total))))
    if line.batch:
        parts.append(tr("lot {batch}").format(batch=line.batch))
    return ", ".join(parts)


def _told(shown: PieceShown) -> str:
    row, facts = shown.row, shown.facts
    lines = [tr("Fichier : {name}").format(name=row.name)]
    if shown.name != row.name:
        lines.append(tr("Remise sous le nom : {name}").format(name=shown.name))
    if row.source:
        lines.append(row.source)
    if facts is not None:
        form = facts.profile or tr("format inconnu")
        count = trn("{n} ligne", "{n} lignes", len(facts.lines))
        lines.append(tr("Facture électronique {form}, {count}").format(form=form, count=count))
        if facts.order_reference or facts.delivery_reference:
            both = ", ".join(filter(None, (facts.order_reference, facts.delivery_reference)))
            lines.append(tr("Commande ou bon de livraison : {number}").format(number=both))
    if row.set_aside:
        lines.append(tr("De côté : {reason}").format(reason=row.set_aside))
    return "\n".join(lines)


class _Stack(QWidget):
    """Lines and buttons under one another, emptied and filled again; hidden while empty."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(4))
        self.hide()

    def clear(self) -> None:
        """Take everything away."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.hide()

    def say(self, words: str, role: str = "") -> None:
        """Add a sentence."""
        label = QLabel(words)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            set_role(label, role)
        self.add(label)

    def add(self, widget: QWidget) -> None:
        """Add a widget, as wide as it needs."""
        wide = isinstance(widget, QLabel) and widget.wordWrap()
        left = Qt.AlignmentFlag.AlignLeft
        self._column.addWidget(widget, 0, Qt.AlignmentFlag(0) if wide else left)
        self.show()
