"""A grant is notified: its day and its reference, and its entry."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants.keeping import notify
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.i18n import money, tr
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice


class NotifyDialog(Dialog):
    """Writes the grant as owed to the canteen."""

    def __init__(self, desk: Desk, parent: QWidget | None, key: int) -> None:
        super().__init__(
            parent,
            tr("Subvention notifiée"),
            tr("Elle devient un produit, dû par le financeur : son versement le soldera."),
        )
        self._desk, self._key = desk, key
        with desk.book.read() as session:
            grant = session.get_one(Grant, key)
            known = (grant.decided_on, grant.granted or grant.asked, grant.reference)
        self.notice = Notice()
        self.form = Form()
        self.day = DateEdit(tr("Notifiée le"), self._today, required=True)
        self.day.set_value(known[0] or self._today())
        self.amount = MoneyEdit(tr("Montant accordé"), required=True)
        self.amount.set_value(known[1])
        self.reference = TextEdit(tr("Référence de la notification"), required=True)
        self.reference.set_value(known[2] or None)
        self.form.add("day", tr("Notifiée le"), self.day)
        self.form.add("amount", tr("Montant accordé"), self.amount)
        self.form.add("reference", tr("Référence de la notification"), self.reference)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Écrire dans les comptes"))
        act.clicked.disconnect()
        act.clicked.connect(self._write)
        self.day.setFocus()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @Slot()
    def _write(self) -> None:
        if not self.form.check() or self.day.value is None or self.amount.value is None:
            return
        try:
            with self._desk.book.action(tr("Subvention notifiée")) as session:
                grant = session.get_one(Grant, self._key)
                grant.granted = self.amount.value
                notify(session, grant, self.day.value, self.reference.value or "")
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        said = tr("{amount} à recevoir, écrits en brouillon.")
        self._desk.tell(said.format(amount=money(self.amount.value)), undo=True)
        self.accept()
