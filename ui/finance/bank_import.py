"""Importing a bank statement: which account, what is new, what its balances prove, one step."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QListWidget,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.choosing import Part, parts_of
from cantine_desktop.finance.bank.csv_mapping import CsvMapping, MappingNeededError
from cantine_desktop.finance.bank.inbox import Incoming, Received, preview, take
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.finance.bank.recognising import read_bank_file
from cantine_desktop.finance.bank.remembering import known_mappings, read_known, remember
from cantine_desktop.i18n import tr, trn
from cantine_desktop.storage.book import Book
from ui.desk import Desk
from ui.finance.bank_import_account import AccountChoice, Chosen
from ui.finance.bank_import_columns import ColumnsStep
from ui.finance.bank_import_lines import IncomingModel, IncomingView
from ui.kit.dialogs import Dialog
from ui.kit.files import Folders, ask_open
from ui.kit.jobs import Job, Report
from ui.kit.notice import Kind, Notice
from ui.kit.theme import scaled, set_role

KINDS = (
    "*.ofx *.qfx *.qbo *.xml *.camt *.zip *.csv *.tsv *.txt *.cfo *.cfonb *.afb *.120 *.dat *.asc"
)
_MOST_REMARKS = 200
_WIDE, _HIGH = 960, 640


def open_import(
    desk: Desk, content: bytes, name: str, parent: QWidget | None = None, account: int = 0
) -> "BankImportDialog":
    """Show what a bank file would bring, and return the dialog, already open.

    Args:
        desk: The desk of the window.
        content: The whole file.
        name: Its name.
        parent: The window it belongs to.
        account: Key of the account a person came from; meant when the file names none.
    """
    dialog = BankImportDialog(desk, content, name, parent, account)
    dialog.open()
    return dialog


def ask_import(desk: Desk, parent: QWidget, account: int = 0) -> "BankImportDialog | None":
    """Ask for a bank file and show what it would bring; ``None`` when the person gives up."""
    kinds = ((tr("Relevés bancaires"), KINDS),)
    folders = Folders(desk.settings.folders)
    chosen = ask_open(parent, folders, "bank", tr("Importer un relevé"), kinds)
    if chosen is None:
        return None
    try:
        content = chosen.read_bytes()
    except OSError:
        text = tr("« {name} » ne peut pas être lu : ce fichier est absent ou fermé.")
        desk.tell(text.format(name=chosen.name))
        return None
    return open_import(desk, content, chosen.name, parent, account)


class BankImportDialog(Dialog):
    """The steps of an import: reading, columns when they must be said, lines, one button.

    Attributes:
        told: What the file would bring, in one sentence.
        account: Where its lines go.
        lines: The lines with their ticks.
        act: Reads with the columns that were said, or imports the ticked lines.
    """

    def __init__(
        self, desk: Desk, content: bytes, name: str, parent: QWidget | None, account: int
    ) -> None:
        super().__init__(parent, tr("Importer « {name} »").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._content = content
        self._name = name
        self._wanted = account
        self._mapping: CsvMapping | None = None
        self._parts: list[Part] = []
        self._asked = 0
        self._job: Job | None = None
        self.columns: ColumnsStep | None = None
        self.lines = IncomingModel(self)
        self._build()
        self._read()

    def _build(self) -> None:
        self.told = QLabel()
        self.told.setWordWrap(True)
        set_role(self.told, "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Avancement"))
        self.part = QComboBox()
        self.part.setAccessibleName(tr("Compte du fichier"))
        self.account = AccountChoice(self._desk)
        self.proof = Notice()
        self.unit = Notice()
        self.view = IncomingView(self.lines)
        self._rest = QWidget()
        self.known = QCheckBox(tr("Montrer aussi les lignes déjà importées"))
        self.remarks = QListWidget()
        self.remarks.setAccessibleName(tr("Remarques sur le fichier"))
        self.remarks.setWordWrap(True)
        self.remarks.setMaximumHeight(scaled(96))
        self.step = QVBoxLayout()
        for widget in (self.part, self.account, self.told, self.bar, self.proof, self.unit):
            self.body.addWidget(widget)
        self.body.addLayout(self.step)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._rest, 1)
        self.body.addWidget(self.known)
        self.body.addWidget(self.remarks)
        self.act, self.give_up = self.add_answers(tr("Importer"), cancel=tr("Ne rien importer"))
        self.act.clicked.disconnect(self.accept)
        self.act.clicked.connect(self._go_on)
        self.part.activated.connect(self._show_part)
        self.account.chosen.connect(self._look)
        self.known.toggled.connect(self.lines.show_known)
        self.lines.ticked.connect(self._on_ticks)
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def _wait(self, text: str) -> None:
        """Say what is being done, and show nothing of what came before."""
        self.told.setText(text)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._rest.show()
        self.act.setEnabled(False)
        shown: tuple[QWidget, ...] = (self.part, self.account, self.proof, self.unit)
        for widget in (*shown, self.view, self.known, self.remarks):
            widget.hide()

    # -- reading

    def _read(self) -> None:
        self._wait(tr("Lecture du fichier…"))
        read = partial(_read, self._desk.book, self._content, self._name, self._mapping)
        self._job = self._desk.jobs.run(read, self._on_read, self._refuse)

    def _on_read(self, statements: Sequence[ReadStatement]) -> None:
        self._parts = parts_of(statements)
        self.part.clear()
        for part in self._parts:
            words = trn("{words} : {n} ligne", "{words} : {n} lignes", part.count)
            self.part.addItem(words.format(words=part.words, n=part.count))
        self._show_part()

    def _refuse(self, error: BaseException) -> None:
        self.bar.hide()
        if isinstance(error, MappingNeededError):
            self._ask_columns(error)
            return
        if not isinstance(error, UserError):
            self.reject()
            raise error
        self.told.setText(str(error))
        self.act.hide()
        self.give_up.setText(tr("Fermer"))
        self.give_up.setFocus()

    # -- columns

    def _ask_columns(self, asked: MappingNeededError) -> None:
        self.told.setText(
            tr("Dites une fois ce que contiennent les colonnes : les fichiers suivants se liront.")
        )
        self.columns = ColumnsStep(self._content, asked)
        self.columns.changed.connect(self._on_columns)
        self.step.addWidget(self.columns)
        self.act.setText(tr("Lire ainsi"))
        self._on_columns()
        self.act.setFocus()

    @Slot()
    def _on_columns(self) -> None:
        if self.columns is not None:
            self.act.setEnabled(self.columns.is_complete)

    # -- lines

    @Slot()
    def _show_part(self) -> None:
        self.account.show_part(self._current, self._wanted)
        self._look()

    @property
    def _current(self) -> Part:
        return self._parts[max(self.part.currentIndex(), 0)]

    @Slot()
    def _look(self) -> None:
        """Compare the part with what the account has."""
        self._asked += 1
        self._wait(tr("Comparaison avec les lignes du compte…"))
        key = self.account.choice.key
        look = partial(_look, self._desk.book, key, self._current)
        self._job = self._desk.jobs.run(look, partial(self._show, self._asked), self._refuse)

    def _show(self, asked: int, incoming: Incoming) -> None:
        if asked != self._asked:
            return
        self.bar.hide()
        self.told.setText(incoming.sentence)
        self.part.setVisible(len(self._parts) > 1)
        self.account.show()
        self.lines.show_lines(incoming.lines)
        is_empty = not (incoming.new or incoming.twins)
        self.view.setVisible(bool(incoming.lines) and (not is_empty or self.known.isChecked()))
        self.known.setVisible(bool(incoming.already))
        if is_empty and incoming.already:
            self.known.toggled.connect(self._show_view)
        self._show_view(self.view.isVisibleTo(self))
        self._show_proofs(incoming)
        self._show_remarks(incoming)
        self.give_up.setText(tr("Fermer") if is_empty else tr("Ne rien importer"))
        (self.give_up if is_empty else self.act).setFocus()

    def _show_view(self, shown: bool) -> None:  # noqa: FBT001  -- connected to a check box
        self.view.setVisible(shown)
        self._rest.setHidden(shown)

    def _show_proofs(self, incoming: Incoming) -> None:
        wrong = [proof for proof in incoming.proofs if proof.is_right is False]
        right = [proof for proof in incoming.proofs if proof.is_right]
        kind: Kind = "warn" if wrong else "ok" if right else "info"
        told = wrong or right[:1] + right[-1:] if wrong or right else list(incoming.proofs)
        texts = list(dict.fromkeys(proof.text for proof in told[:4]))
        if texts:
            self.proof.tell(kind, "\n".join(f"{text[:1].upper()}{text[1:]}." for text in texts))
        else:
            self.proof.clear()
        if self._current.currency != "EUR" and self._current.count:
            text = tr(
                "Ce compte est en {unit} : ses montants sont pris tels quels, sans conversion."
            )
            self.unit.tell("warn", text.format(unit=self._current.currency))
        else:
            self.unit.clear()

    def _show_remarks(self, incoming: Incoming) -> None:
        self.remarks.clear()
        self.remarks.addItems([str(each) for each in incoming.remarks[:_MOST_REMARKS]])
        if (left := len(incoming.remarks) - _MOST_REMARKS) > 0:
            self.remarks.addItem(trn("{n} autre remarque", "{n} autres remarques", left))
        self.remarks.setVisible(bool(incoming.remarks))

    @Slot()
    def _on_ticks(self) -> None:
        if self.columns is not None:
            return
        count = self.lines.count
        self.act.setEnabled(bool(count))
        words = trn("Importer {n} ligne", "Importer {n} lignes", count)
        self.act.setText(words if count else tr("Importer"))

    # -- acting

    @Slot()
    def _go_on(self) -> None:
        if self.columns is not None:
            self._mapping = self.columns.mapping
            self.step.removeWidget(self.columns)
            self.columns.deleteLater()
            self.columns = None
            self._read()
            return
        chosen, skipped = self.account.choice, self.lines.skipped
        if self.account.is_new and not chosen.name:
            self.account.name.setFocus()
            return
        part = self._current
        count, words = self.lines.count, self.account.words
        self._wait(tr("Import en cours…"))
        self.bar.setRange(0, 100)
        wish = _Wish(part, chosen, self._name, self._content, skipped, self._mapping)
        keep = partial(_keep, self._desk, wish)
        done = partial(self._kept, count, words)
        self._job = self._desk.jobs.start(tr("Import du relevé"), keep, done, self._not_kept)
        self._desk.jobs.changed.connect(self._on_progress)

    @Slot()
    def _on_progress(self) -> None:
        if self._job is not None and self._job.percent is not None:
            self.bar.setValue(self._job.percent)

    def _not_kept(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self.reject()
            raise error
        self._look()
        self._desk.tell(str(error))

    def _kept(self, count: int, words: str, _statement: int) -> None:
        self._job = None
        said = trn(
            "{n} ligne importée dans « {words} »", "{n} lignes importées dans « {words} »", count
        )
        self._desk.tell(said.format(n=count, words=words), undo=True)
        del self._parts[max(self.part.currentIndex(), 0)]
        if not self._parts:
            self.accept()
            return
        self.part.removeItem(max(self.part.currentIndex(), 0))
        self._show_part()

    @override
    def reject(self) -> None:
        """Give up: what is being read or written stops, and nothing of it is kept."""
        if self._job is not None:
            self._job.stop()
        super().reject()


def _read(book: Book, content: bytes, name: str, mapping: CsvMapping | None) -> list[ReadStatement]:
    if mapping is not None:
        return read_bank_file(content, name, mapping)
    with book.read() as session:
        mappings = known_mappings(session)
    return read_known(content, name, mappings)


def _look(book: Book, key: int | None, part: Part) -> Incoming:
    with book.read() as session:
        return preview(session, key, part.statements)


class _Wish(NamedTuple):
    """What a person wants imported."""

    part: Part
    chosen: Chosen
    name: str
    content: bytes
    skipped: frozenset[int]
    mapping: CsvMapping | None


def _keep(desk: Desk, wish: _Wish, report: Report) -> int:
    book = desk.book
    with book.action(tr("Import du relevé « {name} »").format(name=wish.name)) as session:
        account = wish.chosen.account(session, desk)
        file = Received(wish.name, wish.content, book.clock())
        statement = take(session, account.id, wish.part.statements, file, wish.skipped, report.step)
        remember(account, wish.part.form, wish.mapping)
        return statement.id
