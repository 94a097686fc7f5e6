"""What may be done with an order: sent, confirmed, opened again, cancelled, received."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from cantine_desktop.i18n import tr
from cantine_desktop.supply.orders.drafting import discard
from cantine_desktop.supply.orders.model import OrderState
from cantine_desktop.supply.orders.queries import OrderRow
from cantine_desktop.supply.orders.sending import confirm, reopen
from ui.desk import Desk
from ui.kit.theme import set_role
from ui.supply.order_dialogs import CancelDialog, DayDialog, LineDialog, RemarksDialog
from ui.supply.order_papers import show_order, show_sent
from ui.supply.order_sending import SendDialog

_ON_THE_WAY = frozenset({OrderState.SENT, OrderState.CONFIRMED})


class OrderDeeds(QObject):
    """The buttons under an order; only those that mean something now are shown."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key, self._parent = desk, key, parent
        self.send = self._button(tr("Envoyer…"), self._send)
        set_role(self.send, "primary")
        self.receive = self._button(tr("Recevoir"), self._receive)
        self.print = self._button(tr("Imprimer"), self._print)
        self.confirm = self._button(tr("Confirmée par le fournisseur"), self._confirm)
        self.reopen = self._button(tr("Rouvrir"), self._reopen)
        self.discard = self._button(tr("Jeter ce brouillon"), self._discard)
        self.cancel = self._button(tr("Annuler la commande…"), self._cancel)
        self.papers = self._button(tr("Ce qui est parti"), self._papers)
        self.add = self._button(tr("Ajouter une ligne…"), self._add)
        self.remove = QPushButton(tr("Enlever la ligne"), parent)
        self.remarks = self._button(tr("Remarques…"), self._remark)
        self.day = self._button(tr("Autre jour…"), self._change_day)
        self.buttons = (
            *(self.send, self.receive, self.add, self.remove, self.remarks, self.day),
            *(self.print, self.papers, self.confirm, self.reopen, self.discard, self.cancel),
        )

    def follow(self, row: OrderRow) -> None:
        """Show what may be done with the order as it stands."""
        may = self.desk.may_write("supply")
        is_draft, is_gone = row.state is OrderState.DRAFT, row.state in _ON_THE_WAY
        self.send.setVisible(may and is_draft)
        self.receive.setVisible(may and is_gone)
        for button in (self.add, self.remove, self.remarks, self.day):
            button.setVisible(may and is_draft)
        self.papers.setVisible(bool(row.revision))
        self.confirm.setVisible(may and row.state is OrderState.SENT)
        self.reopen.setVisible(may and is_gone)
        self.discard.setVisible(may and is_draft and not row.revision)
        is_open = row.state is not OrderState.RECEIVED and row.state is not OrderState.CANCELLED
        self.cancel.setVisible(may and bool(row.revision) and is_open)

    def _button(self, words: str, do: object) -> QPushButton:
        button = QPushButton(words, self._parent)
        button.clicked.connect(do)
        return button

    @Slot()
    def _send(self) -> None:
        SendDialog(self.desk, self.key, self._parent).exec()

    @Slot()
    def _receive(self) -> None:
        self.desk.go("receiving", ("order", self.key))

    @Slot()
    def _print(self) -> None:
        show_order(self.desk, self.key, self._parent.window())

    @Slot()
    def _confirm(self) -> None:
        with self.desk.book.action(tr("Commande confirmée")) as session:
            confirm(session, self.key)
        self.desk.tell(tr("Commande confirmée."), undo=True)

    @Slot()
    def _reopen(self) -> None:
        with self.desk.book.action(tr("Commande rouverte")) as session:
            reopen(session, self.key)
        self.desk.tell(
            tr("Changez-la, puis renvoyez-la : elle annulera et remplacera la précédente."),
            undo=True,
        )

    @Slot()
    def _discard(self) -> None:
        with self.desk.book.action(tr("Brouillon de commande jeté")) as session:
            discard(session, self.key)
        self.desk.tell(tr("Brouillon de commande jeté."), undo=True)

    @Slot()
    def _cancel(self) -> None:
        if CancelDialog(self.desk, self.key, self._parent).exec():
            self.desk.tell(tr("Commande annulée."))

    @Slot()
    def _papers(self) -> None:
        show_sent(self.desk, self.key, self._parent)

    @Slot()
    def _add(self) -> None:
        LineDialog(self.desk, self.key, self._parent).exec()

    @Slot()
    def _remark(self) -> None:
        RemarksDialog(self.desk, self.key, self._parent).exec()

    @Slot()
    def _change_day(self) -> None:
        DayDialog(self.desk, self.key, self._parent).exec()
