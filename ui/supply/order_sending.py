"""The dialog by which an order leaves: its text to paste, its paper, and the proof it left."""

from io import BytesIO

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QPushButton, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import write_whole
from cantine_desktop.supply.orders.leaving import leave
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.orders.order_hybrid import write_hybrid
from cantine_desktop.supply.orders.order_text import order_text, subject
from cantine_desktop.supply.orders.queries import totals
from cantine_desktop.supply.orders.sending import Sent, coming_number, number_for
from cantine_desktop.supply.suppliers.model import OrderWay, Supplier
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import TextEdit
from ui.kit.files import Folders, ask_save
from ui.kit.flow import FlowLayout
from ui.kit.form import Form
from ui.kit.labels import wrapped
from ui.kit.theme import scaled
from ui.supply.order_dialogs import WAYS, DictateDialog


class SendDialog(Dialog):
    """Copies the text, then keeps when, how and to whom the order left."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent, tr("Envoyer la commande"))
        self.setMinimumWidth(scaled(700))
        self.desk, self.key = desk, key
        self._paper = b""
        with desk.book.read() as session:
            order = session.get_one(PurchaseOrder, key)
            supplier = session.get_one(Supplier, order.supplier_id)
            way, to = supplier.way, supplier.phone
            if way is not OrderWay.PHONE:
                to = supplier.email
            self._number = number = coming_number(session, key, desk.book.clock())
            text, about = order_text(session, key, number), subject(session, key, number)
            lacks = totals(session, key).lacks
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(tr("Texte de la commande"))
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        self.text.setMinimumHeight(scaled(150))
        self.body.addWidget(self.text)
        self.body.addWidget(self._copies(about))
        self.form = Form(self)
        self.way = QComboBox()
        for each, words in WAYS.items():
            self.way.addItem(tr(words), each)
        self.way.setCurrentIndex(self.way.findData(way))
        self.form.add("way", tr("Envoyée"), self.way)
        self.to = TextEdit(tr("À"))
        self.to.set_value(to or None)
        self.form.add("to", tr("À"), self.to)
        self.by = TextEdit(tr("Initiales"), longest=8)
        self.form.add("by", tr("Initiales"), self.by)
        self.body.addWidget(self.form)
        self._finish(lacks)

    def _finish(self, lacks: tuple[str, ...]) -> None:
        """Say what lacks to be sent, and lay out the answers."""
        self.below = QCheckBox(tr("Envoyer quand même"), self)
        self.why = wrapped(" ".join(lacks), role="error")
        for part in (self.why, self.below):
            part.setVisible(bool(lacks))
            self.body.addWidget(part)
        self.done_button, _ = self.add_answers(tr("Elle est partie"))
        self.done_button.clicked.disconnect()
        self.done_button.clicked.connect(self._keep)
        self.fit()

    def _copies(self, about: str) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(scaled(8), row)
        self._about = about
        self.copy = QPushButton(tr("Copier le texte"), row)
        self.copy.clicked.connect(self._copy)
        self.copy_subject = QPushButton(tr("Copier l’objet du courriel"), row)
        self.copy_subject.clicked.connect(self._copy_subject)
        self.save = QPushButton(tr("Enregistrer le bon (PDF Order-X)…"), row)
        self.save.clicked.connect(self._save)
        self.dictate = QPushButton(tr("Dicter…"), row)
        self.dictate.clicked.connect(self._dictate)
        for button in (self.copy, self.copy_subject, self.save, self.dictate):
            flow.addWidget(button)
        return row

    def _go_out(self) -> None:
        """Take its number for good: a text or a paper that bears it goes out."""
        with self.desk.book.action(tr("Commande numérotée"), undoable=False) as session:
            number = number_for(session, self.key, self.desk.book.clock())
        self._bear(number)

    def _bear(self, number: str) -> None:
        if number != self._number:
            # Another order took the number that was shown meanwhile.
            self.text.setPlainText(self.text.toPlainText().replace(self._number, number))
            self._about = self._about.replace(self._number, number)
            self._number = number

    @Slot()
    def _dictate(self) -> None:
        DictateDialog(self.desk, self.key, self).exec()

    @Slot()
    def _copy(self) -> None:
        self._go_out()
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.desk.tell(tr("Texte copié : collez-le dans votre courriel."))

    @Slot()
    def _copy_subject(self) -> None:
        self._go_out()
        QGuiApplication.clipboard().setText(self._about)
        self.desk.tell(tr("Objet copié."))

    @Slot()
    def _save(self) -> None:
        """Keep the paper that also carries the order for the supplier’s program."""
        made = BytesIO()
        self._go_out()
        try:
            with self.desk.book.read() as session:
                number = session.get_one(PurchaseOrder, self.key).number
                write_hybrid(session, self.key, self.desk.book.clock(), made)
        except UserError as error:
            self.why.setText(str(error))
            self.why.setVisible(True)
            return
        folders = Folders(self.desk.settings.folders)
        file = ask_save(self, folders, "pdf", number, (("PDF", "*.pdf"),))
        if file is None:
            return
        try:
            write_whole(file, made.getvalue())
        except OSError as error:
            reason = error.strerror or str(error)
            self.why.setText(
                tr("Le PDF n’a pas pu être enregistré ici : {reason}.").format(reason=reason)
            )
            self.why.setVisible(True)
            return
        self.desk.tell(tr("Bon enregistré : {name}").format(name=file.name))

    @Slot()
    def _keep(self) -> None:
        try:
            with self.desk.book.action(tr("Commande envoyée"), undoable=False) as session:
                self._leave(session)
        except UserError as error:
            self.why.setText(str(error))
            self.why.setVisible(True)
            return
        self.desk.tell(tr("Commande notée comme partie."))
        self.accept()

    def _leave(self, session: Session) -> None:
        now = self.desk.book.clock()
        self._bear(number_for(session, self.key, now))
        sent = Sent(
            OrderWay(self.way.currentData()),
            self.to.line.text(),
            self.by.line.text(),
            self.text.toPlainText(),
        )
        below = self.below.isChecked()
        leave(session, self.key, sent, now, self._paper, below_minimum=below)
