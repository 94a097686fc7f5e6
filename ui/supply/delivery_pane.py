"""One reception: its lines, its note and photo, what must be said before it is closed."""

import mimetypes
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.office.receiving import receive
from cantine_desktop.storage.attachments import attach
from cantine_desktop.supply.deliveries.announcing import arrive, is_announced, postpone
from cantine_desktop.supply.deliveries.claims import mark_sent
from cantine_desktop.supply.deliveries.closing import to_ask
from cantine_desktop.supply.deliveries.drafting import (
    add_line,
    conform,
    describe,
    discard,
)
from cantine_desktop.supply.deliveries.model import Coming, Delivery
from cantine_desktop.supply.deliveries.queries import amount_of
from cantine_desktop.supply.invoices.claim_state import ClaimState, Stage, claim_state
from cantine_desktop.supply.products.naming import product_named
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.dialogs import ask, ask_text
from ui.kit.fields import TextEdit
from ui.kit.files import Folders, ask_open
from ui.kit.flow import FlowLayout
from ui.kit.form import Form
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role
from ui.supply.delivery_correct import CorrectDialog
from ui.supply.delivery_extra import Extra, ask_extra
from ui.supply.delivery_grid import DeliveryGrid, read_lines
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
        self.form = Form(self)
        self.note = TextEdit(tr("N° du bon de livraison"), longest=60)
        self.form.add("note_number", tr("N° du bon de livraison"), self.note)
        self.form.committed.connect(self._describe)
        self.photo = wrapped(role="small")
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
        for part in (self.told, self.form, self.photo, self.later, self.refused, buttons):
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
        self.join = self._button(row, tr("Photo du bon…"), self._attach)
        self.discard = self._button(row, tr("Jeter ce brouillon"), self._discard)
        self.buttons = (self.close_button, self.all, self.extra, self.join, self.discard)
        self.correct = self._button(row, tr("Corriger une ligne…"), self._correct)
        self.claim = self._button(row, tr("Lettre de réclamation"), self._claim)
        self.sent = self._button(row, tr("Réclamation envoyée"), self._send)
        self.see = self._button(row, tr("Voir la facture"), self._see)
        self.paper = self._button(row, tr("Imprimer la fiche"), self._print)
        later = (self.correct, self.claim, self.sent, self.see, self.paper)
        for button in (self.arrived, self.other_day, *self.buttons, *later):
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
            if not self.note.line.hasFocus():
                self.note.set_value(delivery.note_number or None)
            self._day = delivery.day
            self._claim_state = claim_state(session, self.key)
            has_photo = delivery.attachment_id is not None
        self.grid.present(lines, is_closed=self.is_closed, is_announced=self.is_announced)
        self.photo.setText(tr("Photo du bon jointe.") if has_photo else "")
        self.photo.setVisible(has_photo)
        may = self.desk.may_write("supply") and not self.is_closed
        for part in self.buttons:
            part.setVisible(may)
        self._show_closed()
        self.extra.setText(tr("Ajouter une denrée…") if self._is_gift else tr("Non commandé…"))
        self.later.setVisible(may and not self._is_gift)
        is_known = any(line.is_ordered for line in lines)
        self.all.setVisible(may and is_known and not self.is_announced)
        self.arrived.setVisible(may and self.is_announced)
        self.other_day.setVisible(may and self.is_announced)
        for part in (self.close_button, self.join):
            part.setVisible(may and not self.is_announced)
        self.form.setVisible(not self.is_announced)
        self.discard.setText(
            tr("Jeter cette annonce") if self.is_announced else tr("Jeter ce brouillon")
        )
        self.note.setEnabled(may)

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

    @Slot(str, object)
    def _describe(self, _key: str, value: object) -> None:
        if self.is_closed:
            return
        with self.desk.book.action(tr("Bon de livraison noté")) as session:
            describe(session, self.key, note_number=str(value or ""))

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
        product, name = added.product, added.words
        if name and self._is_gift:
            product, name = product_named(session, name).id, ""
        add_line(session, self.key, article_id=added.article, product_id=product, name=name)

    @Slot()
    def _attach(self) -> None:
        kinds = [(tr("Photos et PDF"), "*.jpg *.jpeg *.png *.pdf")]
        folders = Folders(self.desk.settings.folders)
        found = ask_open(self.window(), folders, "delivery", tr("Photo du bon"), kinds)
        if found is not None:
            self.attach(found)

    def attach(self, file: Path) -> None:
        """Join a photo or a scan of the delivery note."""
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        now = self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Photo du bon jointe")) as session:
                made = attach(session, file.read_bytes(), file.name, kind, now, area="supply")
                describe(session, self.key, attachment_id=made.id)
        except UserError as error:
            self._refuse(str(error))
        except OSError:
            self._refuse(
                tr("« {name} » ne se lit pas : vérifiez le fichier.").format(name=file.name)
            )

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
        by = ask_text(self, tr("Clore la réception"), tr("Vos initiales :"), tr("Clore"))
        if by is None:
            return
        now = self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Réception close"), undoable=False) as session:
                closed = receive(
                    session,
                    self.key,
                    by,
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
