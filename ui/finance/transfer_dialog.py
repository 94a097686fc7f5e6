"""Choosing invoices to pay and writing the file of transfers that the bank takes."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.matching.payers import payers
from cantine_desktop.finance.pieces.paying import (
    Chosen,
    DueRow,
    due,
    order_transfers,
    set_iban,
    withdraw,
)
from cantine_desktop.finance.pieces.payment_file import Payer, PaymentForm
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.replacing import write_whole
from cantine_desktop.supply.invoices.paying import held_payments
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.fact_fields import short_box
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog, ask_text
from ui.kit.files import Folders, ask_save
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.theme import scaled

ROLE = Qt.ItemDataRole.UserRole


class TransferDialog(Dialog):
    """What is due, ticked; the account that pays; the day; then the file, kept and sealed.

    Attributes:
        list: What is due; what cannot be paid cannot be ticked.
        act: Writes the file.
    """

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent, tr("Préparer un virement"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._rows: dict[int, DueRow] = {}
        self._payers: dict[str, Payer] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Factures à payer"))
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(scaled(220))
        self.fill = QPushButton(tr("Saisir l’IBAN…"))
        self.fill.clicked.connect(self._ask_iban)
        self.withdraw = QPushButton(tr("Retirer l’ordre…"))
        self.withdraw.setToolTip(tr("L’ordre n’est pas parti, ou la banque l’a refusé"))
        self.withdraw.clicked.connect(self._withdraw)
        self.total = QLabel()
        self.total.setWordWrap(True)
        self.account = short_box()
        self.day = DateEdit(tr("Exécution le"), self._today)
        self.form_box = QComboBox()
        for form in PaymentForm:
            self.form_box.addItem(form.value, form)
        self.error = Notice()
        self._lay_out()
        self.list.itemChanged.connect(self._count)
        self.list.currentRowChanged.connect(self._offer_iban)
        self._held: dict[int, str] = {}
        self._read()

    def _lay_out(self) -> None:
        under = QHBoxLayout()
        under.addWidget(self.total, 1)
        under.addWidget(self.withdraw)
        under.addWidget(self.fill)
        fields = Form()
        fields.add("account", tr("Compte débité"), self.account)
        fields.add("day", tr("Exécution le"), self.day)
        help_text = tr("Gardez le premier, sauf si la banque le refuse.")
        fields.add("form", tr("Format"), self.form_box, help_text)
        self.body.addWidget(self.list)
        self.body.addLayout(under)
        self.body.addWidget(fields)
        self.body.addWidget(self.error)
        self.act, _ = self.add_answers(tr("Écrire le fichier…"))
        self.act.clicked.disconnect(self.accept)
        self.act.clicked.connect(self._write)
        self.setMinimumWidth(scaled(560))

    def _read(self) -> None:
        today = self._today()
        with self._desk.book.read() as session:
            rows, self._held = due(session), held_payments(session)
            self._payers = payers(session, canteen_name(session))
        self._rows = {row.line_id: row for row in rows}
        ticked = set(self._chosen())
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = _item(row, today, self._held.get(row.entry_id or 0, ""))
            if row.line_id in ticked:
                item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)
        self.account.clear()
        for name in self._payers:
            self.account.addItem(name)
        self.day.set_value(today + timedelta(days=1))
        if not rows:
            self.error.tell("info", tr("Rien n’est à payer."))
        elif not self._payers:
            self.error.tell("warn", tr("Ajoutez d’abord le compte bancaire et son IBAN (Banque)."))
        self._count()

    @Slot()
    def _offer_iban(self) -> None:
        row = self._current()
        self.fill.setEnabled(row is not None and row.party_id is not None and not row.order)
        self.withdraw.setVisible(any(each.order for each in self._rows.values()))
        self.withdraw.setEnabled(row is not None and row.order_id is not None)

    def _current(self) -> DueRow | None:
        place = self.list.currentRow()
        return None if place < 0 else self._rows.get(self.list.item(place).data(ROLE))

    @Slot()
    def _ask_iban(self) -> None:
        row = self._current()
        if row is None or row.party_id is None:
            return
        title = tr("IBAN de {name}").format(name=row.name)
        text = tr("Recopiez-le du RIB que le fournisseur vous a remis.")
        iban = ask_text(self, title, text, tr("Garder"), value=row.iban)
        if iban is None:
            return
        try:
            with self._desk.book.action(title) as session:
                set_iban(session, row.party_id, iban)
        except UserError as error:
            self.error.tell("bad", str(error))
            return
        self.error.clear()
        place = self.list.currentRow()
        self._read()
        self.list.setCurrentRow(place)

    @Slot()
    def _withdraw(self) -> None:
        """Say that an order never went: what it paid is due again, and may be paid anew."""
        row = self._current()
        if row is None or row.order_id is None:
            return
        reason = ask_text(
            self,
            tr("Retirer l’ordre {number}").format(number=row.order),
            tr(
                "Seulement s’il n’est jamais parti ou si la banque l’a refusé : tout ce qu’il "
                "payait sera de nouveau à payer. Le fichier reste gardé. Pourquoi ?"
            ),
            tr("Retirer l’ordre"),
        )
        if reason is None:
            return
        done = tr("Ordre {number} retiré").format(number=row.order)
        try:
            with self._desk.book.action(done) as session:
                withdraw(session, row.order_id, reason, self._today())
        except UserError as error:
            self.error.tell("bad", str(error))
            return
        place = self.list.currentRow()
        self._read()
        self.list.setCurrentRow(place)
        self.error.tell(
            "ok", tr("{done} : ses factures sont de nouveau à payer.").format(done=done)
        )

    def _chosen(self) -> list[int]:
        items = (self.list.item(place) for place in range(self.list.count()))
        return [item.data(ROLE) for item in items if item.checkState() is Qt.CheckState.Checked]

    @Slot()
    def _count(self) -> None:
        keys = self._chosen()
        amount = Money(sum(self._rows[key].amount.cents for key in keys))
        said = trn("{n} virement", "{n} virements", len(keys))
        self.total.setText(tr("{count}, {amount}").format(count=said, amount=money(amount)))
        self.act.setEnabled(bool(keys) and bool(self._payers))

    @Slot()
    def _write(self) -> None:
        if not self.day.commit() or self.day.value is None:
            return
        payer = self._payers[self.account.currentText()]
        chosen = [Chosen(key) for key in self._chosen()]
        folders = Folders(self._desk.settings.folders)
        name = tr("Virements {day}").format(day=self.day.value.isoformat())
        target = ask_save(self, folders, "transfers", name, ((tr("Virements SEPA"), "*.xml"),))
        if target is None:
            return
        try:
            label = tr("Ordre de virement")
            with self._desk.book.action(label, undoable=False) as session:
                order, made = order_transfers(
                    session,
                    payer,
                    chosen,
                    self.day.value,
                    self._desk.book.clock(),
                    PaymentForm(self.form_box.currentData()),
                    held=held_payments(session),
                )
                number = order.number
                _save(target, made)
        except UserError as error:
            self.error.tell("bad", str(error))
            return
        self._desk.tell(
            tr("{number} écrit : déposez « {name} » sur le site de la banque.").format(
                number=number, name=target.name
            )
        )
        self.accept()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())


def _save(target: Path, made: bytes) -> None:
    """Write the file; the order is kept only when it could be written.

    Raises:
        UserError: The disk refuses it.
    """
    try:
        write_whole(target, made)
    except OSError as error:
        raise UserError(
            tr("« {name} » ne s’écrit pas : choisissez un autre dossier.").format(name=target.name)
        ) from error


def _item(row: DueRow, today: date, held: str) -> QListWidgetItem:
    day = row.due_day or row.day
    head = tr("{name}, {reference} : {amount}").format(
        name=row.name, reference=row.reference, amount=money(row.amount)
    )
    late = tr("échue depuis le {when}") if day < today else tr("à payer avant le {when}")
    parts = [late.format(when=short_day(day))]
    if row.order:
        parts.append(tr("déjà dans l’ordre {number}").format(number=row.order))
    elif held:
        parts.append(held)
    elif not row.is_payable:
        parts.append(tr("IBAN inconnu"))
    item = QListWidgetItem(f"{head}\n{' · '.join(parts)}")
    item.setData(ROLE, row.line_id)
    if row.is_payable and not row.order and not held:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
    return item
