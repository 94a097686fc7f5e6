"""One reception: its lines, its note and photo, what must be said before it is closed."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.office.receiving import receive
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.supply.deliveries.announcing import arrive, is_announced, postpone
from cantine_desktop.supply.deliveries.claims import mark_sent
from cantine_desktop.supply.deliveries.closing import to_ask
from cantine_desktop.supply.deliveries.drafting import (
    add_line,
    conform,
    discard,
    say_checked,
)
from cantine_desktop.supply.deliveries.model import Coming, Delivery
from cantine_desktop.supply.deliveries.queries import amount_of
from cantine_desktop.supply.invoices.claim_state import ClaimState, Stage, claim_state
from cantine_desktop.supply.products.naming import product_named
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.dialogs import ask
from ui.kit.flow import FlowLayout
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role
from ui.supply.delivery_close import ask_closing
from ui.supply.delivery_correct import CorrectDialog
from ui.supply.delivery_extra import Extra, add_other, ask_extra
from ui.supply.delivery_grid import DeliveryGrid, Line, read_lines
from ui.supply.delivery_head import DeliveryHead, photos_of
from ui.supply.delivery_lines import LineDeeds
from ui.supply.gift_dialogs import DayDialog


class DeliveryPane(QWidget):
    """A reception, kept as it is typed."""

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__()
        self.desk, self.key = desk, key
        self.is_closed = self.is_announced = False
        self._supplier, self._is_gift = 0, False
        self._claim_state: ClaimState | None = None
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        set_role(self.head, "h2")
        self.when = wrapped(role="small")
        self.grid = DeliveryGrid(desk, key, self)
        self.grid.setMinimumHeight(scaled(220))
        self.facts = DeliveryHead(desk, key, self)
        self.setAcceptDrops(True)
        self.told = wrapped()
        self.later = QCheckBox(tr("Ce qui manque est attendu plus tard"), self)
        self.refused = wrapped(role="error")
        self.refused.setVisible(False)
        buttons = self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.head)
        column.addWidget(self.when)
        column.addWidget(self.grid, 1)
        for part in (self.told, self.facts, self.later, self.refused, buttons):
            column.addWidget(part)
        self.refresh()

    def _make_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(scaled(8), row)
        self.arrived = self._button(row, tr("Il est arrivé"), self._arrive)
        set_role(self.arrived, "primary")
        self.other_day = self._button(row, tr("Changer le jour…"), self._postpone)
        self.close_button = self._button(row, tr("Clore la réception"), self._close)
        set_role(self.close_button, "primary")
        self.all = self._button(row, tr("Tout conforme"), self._all)
        self.extra = self._button(row, tr("Non commandé…"), self._add)
        self.line_deeds = LineDeeds(self.desk, self.key, self._current_line, self)
        self.join = self._button(row, tr("Photo du bon…"), self.facts.ask_photo)
        self.discard = self._button(row, tr("Jeter ce brouillon"), self._discard)
        self.buttons = (self.close_button, self.all, self.extra, self.join, self.discard)
        self.correct = self._button(row, tr("Corriger une ligne…"), self._correct)
        self.claim = self._button(row, tr("Lettre de réclamation"), self._claim)
        self.sent = self._button(row, tr("Réclamation envoyée"), self._send)
        self.see = self._button(row, tr("Voir la facture"), self._see)
        self.paper = self._button(row, tr("Imprimer la fiche"), self._print)
        later = (self.correct, self.claim, self.sent, self.see, self.paper)
        for button in (self.arrived, self.other_day, *self.buttons[:-2], self.line_deeds):
            flow.addWidget(button)
        for button in (*self.buttons[-2:], *later):
            flow.addWidget(button)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        shortcut.activated.connect(self._all)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._close)
        self.all.setToolTip("Ctrl+Maj+C")
        self.close_button.setToolTip("Ctrl+Entrée")
        return row

    def _button(self, row: QWidget, words: str, do: object) -> QPushButton:
        button = QPushButton(words, row)
        button.clicked.connect(do)
        return button

    def refresh(self) -> None:
        """Read the reception again."""
        with self.desk.book.read() as session:
            delivery = session.get(Delivery, self.key)
            if delivery is None:
                return
            supplier = session.get_one(Supplier, delivery.supplier_id)
            self._supplier, self.is_closed = supplier.id, delivery.is_sealed
            self._is_gift = delivery.coming is Coming.DONATED
            self.is_announced = is_announced(delivery)
            lines = read_lines(session, delivery)
            net = amount_of(session, self.key)
            words = delivery.number or tr("Réception en cours")
            words = tr("Don annoncé") if self.is_announced else words
            self.head.setText(f"{words}, {supplier.name}")
            is_late = delivery.day < civil_date(self.desk.book.clock())
            self.when.setText(_when(delivery, money(net), is_late=is_late))
            may = self.desk.may_write("supply") and not self.is_closed
            joined = session.get(Attachment, delivery.attachment_id or 0)
            self.facts.present(delivery, joined, may=may)
            self._day = delivery.day
            self._claim_state = claim_state(session, self.key)
        self.grid.present(
            lines,
            is_closed=self.is_closed,
            is_announced=self.is_announced,
            is_gift=self._is_gift,
        )
        self._show_deeds(may=may, is_ordered=any(line.is_ordered for line in lines))

    def _show_deeds(self, *, may: bool, is_ordered: bool) -> None:
        """Show what may be done with a reception as it is."""
        for part in (*self.buttons, self.line_deeds):
            part.setVisible(may)
        self._show_closed()
        self.extra.setText(tr("Ajouter une denrée…") if self._is_gift else tr("Non commandé…"))
        self.later.setVisible(may and not self._is_gift)
        self.all.setVisible(may and is_ordered and not self.is_announced)
        self.arrived.setVisible(may and self.is_announced)
        self.other_day.setVisible(may and self.is_announced)
        for part in (self.close_button, self.join, self.line_deeds):
            part.setVisible(may and not self.is_announced)
        self.facts.setVisible(not self.is_announced)
        self.discard.setText(
            tr("Jeter cette annonce") if self.is_announced else tr("Jeter ce brouillon")
        )

    def _show_closed(self) -> None:
        """Show what may be done once it is closed, and where its claim stands."""
        state, may = self._claim_state, self.desk.may_write("supply")
        self.told.setText("" if state is None else state.words)
        self.told.setVisible(state is not None)
        open_ones = {Stage.TO_SEND, Stage.SENT}
        is_over = state is None or state.stage in {Stage.CLOSED, Stage.GIVEN_UP}
        self.claim.setVisible(not is_over and state is not None and state.has_letter)
        self.sent.setVisible(may and state is not None and state.stage in open_ones)
        self.see.setVisible(state is not None and state.invoice_id is not None)
        self.correct.setVisible(may and self.is_closed)
        self.paper.setVisible(self.is_closed)

    @Slot()
    def _arrive(self) -> None:
        if not self.grid.commit():
            return
        with self.desk.book.action(tr("Don arrivé")) as session:
            arrive(session, self.key, self.desk.book.clock())
        self.desk.tell(tr("Contrôlez-le ligne par ligne, puis clôturez."), undo=True)
        self.grid.view.stand(0, 0)
        self.grid.setFocus()

    @Slot()
    def _postpone(self) -> None:
        dialog = DayDialog(self.desk, self._day, self)
        if not dialog.exec() or dialog.day.value is None:
            return
        try:
            with self.desk.book.action(tr("Jour du don changé")) as session:
                postpone(session, self.key, dialog.day.value, self.desk.book.clock())
        except UserError as error:
            self._refuse(str(error))
        else:
            self._refuse("")

    @Slot()
    def _correct(self) -> None:
        row = self.grid.view.currentIndex().row()
        lines = self.grid.lines
        key = lines[row].key if 0 <= row < len(lines) else lines[0].key
        CorrectDialog(self.desk, self.key, key, self).exec()

    @Slot()
    def _send(self) -> None:
        with self.desk.book.action(tr("Réclamation envoyée")) as session:
            mark_sent(session, self.key, self.desk.book.clock())
        self.desk.tell(tr("La réclamation est notée comme envoyée."), undo=True)

    @Slot()
    def _see(self) -> None:
        if self._claim_state is not None:
            self.desk.go("invoices", self._claim_state.invoice_id)

    @Slot()
    def _print(self) -> None:
        self.desk.print_out("receptions", Period(self._day, self._day + DAY))

    @Slot()
    def _claim(self) -> None:
        self.desk.print_out("claims", Period(self._day, self._day + DAY))

    @Slot()
    def _all(self) -> None:
        if self.is_closed or self.is_announced or not self.grid.commit():
            return
        with self.desk.book.action(tr("Tout conforme")) as session:
            conform(session, self.key)
        self.desk.tell(tr("Les lignes non dites sont notées comme commandées."), undo=True)

    @Slot()
    def _add(self) -> None:
        added = ask_extra(self, self.desk, self._supplier, is_gift=self._is_gift)
        if added is None:
            return
        try:
            with self.desk.book.action(tr("Ligne ajoutée")) as session:
                self._add_extra(session, added)
        except UserError as error:
            self._refuse(str(error))
            return
        self._refuse("")
        self.grid.view.stand(len(self.grid.lines) - 1, 0)
        self.grid.setFocus()

    def _add_extra(self, session: Session, added: Extra) -> None:
        if added.other is not None:
            add_other(session, self.key, added.other, self.desk.book.clock())
            return
        product = added.product
        if added.words:
            product = product_named(session, added.words).id
        add_line(session, self.key, article_id=added.article, product_id=product)

    def attach(self, file: Path) -> None:
        """Join a photo or a scan of the delivery note."""
        self.facts.attach(file)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.is_closed and self.desk.may_write("supply") and photos_of(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if files := photos_of(event):
            event.acceptProposedAction()
            self.attach(files[0])

    def _current_line(self) -> Line | None:
        row = self.grid.view.currentIndex().row()
        return self.grid.lines[row] if 0 <= row < len(self.grid.lines) else None

    @Slot()
    def _discard(self) -> None:
        with self.desk.book.action(tr("Réception jetée")) as session:
            discard(session, self.key)
        self.desk.tell(tr("Réception jetée."), undo=True)

    @Slot()
    def _close(self) -> None:
        if self.is_closed or self.is_announced or not self.grid.commit():
            return
        with self.desk.book.read() as session:
            asked = to_ask(session, self.key)
        if asked:
            words = "\n".join(question.words for question in asked)
            if not ask(self, tr("Avant de clore"), words, tr("Oui, c’est bien cela")):
                return
        signed = ask_closing(self)
        if signed is None:
            return
        now = self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Réception close"), undoable=False) as session:
                say_checked(session, self.key, wrapped=signed.wrapped, labelled=signed.labelled)
                closed = receive(
                    session,
                    self.key,
                    signed.by,
                    now,
                    agreed=asked,
                    closes_short=not self.later.isChecked(),
                )
        except UserError as error:
            self._refuse(str(error))
            return
        self._refuse("")
        self.desk.tell(
            tr("{number} close : stock, commande et hygiène sont à jour.").format(
                number=closed.number
            )
        )

    def _refuse(self, words: str) -> None:
        self.refused.setText(words)
        self.refused.setVisible(bool(words))


def _when(delivery: Delivery, net: str, *, is_late: bool) -> str:
    words = [long_day(delivery.day)]
    if is_announced(delivery):
        told = tr("attendu le {day}").format(day=words[0])
        late = tr("ce jour est passé : il ne compte plus dans les besoins")
        return f"{told} · {late}" if is_late else told
    if delivery.coming is not Coming.DONATED:
        words.append(tr("{amount} HT gardés").format(amount=net))
    if delivery.by:
        words.append(tr("contrôlée par {by}").format(by=delivery.by))
    return " · ".join(words)
