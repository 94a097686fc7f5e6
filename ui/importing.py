"""Taking a file in: which kind it is, what it would change, then one step that can be undone."""

import io
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QListWidget

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.recognising import knows, likeliest
from cantine_desktop.exchange.registry import Import, ImportReport
from cantine_desktop.i18n import tr, trn
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.files import Folders
from ui.kit.theme import scaled
from ui.places import SUFFIX
from ui.requests import OpenBook
from ui.sections import SECTIONS
from ui.window import Window

_LEGAL_FILE = re.compile(r"\d{9,14}FEC\d{8}(_\d+)?\.txt", re.IGNORECASE)
"""Name of a file of entries for the tax office: it is checked where it was dropped."""
_MONEY_SCREENS = frozenset(
    entry.key for section in SECTIONS if section.key == "finance" for entry in section.screens
)
"""Screens beside which a paper that comes is a piece of the accounts."""

_LARGEST = 50_000_000
"""Bytes of a file that is read at all: five years of readings are under two million."""

_SURE = 0.8
"""Share of the headings of a kind that a file must hold to be of it for sure."""

_DOUBTFUL = 0.2
"""Share of the headings of a kind from which a file may well be of it."""


class Importing(QObject):
    """Answers Import in the File menu, and files dropped on the window."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._waiting: list[Path] = []
        self.dialog: Dialog | None = None
        window.dropped.connect(self._on_dropped)
        desk.importing.connect(self.choose)
        window.commands["import"].triggered.connect(self.choose)

    def choose(self) -> None:
        """Ask for a file, and look at what it holds."""
        folders = Folders(self._desk.settings.folders)
        patterns = " ".join(f"*{suffix}" for each in self._kinds() for suffix in each.suffixes)
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window,
            tr("Importer un fichier"),
            str(folders.of("import")),
            f"{tr('Fichiers qui s’importent')} ({patterns})",
        )
        if chosen:
            folders.remember("import", Path(chosen))
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Look at a file: a canteen is opened, another kind is read without keeping it."""
        if path.suffix.lower() == SUFFIX:
            self._desk.ask(OpenBook(str(path)))
            return
        if path.suffix.lower() == ".pdf":
            self._take_pdf(path)
            return
        fitting = [each for each in self._kinds() if path.suffix.lower() in each.suffixes]
        try:
            content = _content(path) if fitting else b""
        except UserError as error:
            self._desk.tell(str(error))
            return
        if not fitting:
            text = tr("Aucun import ne connaît encore ce genre de fichier : {name}")
            self._desk.tell(text.format(name=path.name))
            return
        if _is_bank(fitting, content):
            from ui.finance.bank_import import open_import  # noqa: PLC0415  -- brings the readers

            self.dialog = open_import(self._desk, content, path.name, self._window)
        else:
            self.dialog = ImportDialog(self._desk, path.name, content, fitting, self._window)
            self.dialog.open()
        self.dialog.finished.connect(self._on_finished)

    def _take_pdf(self, path: Path) -> None:
        """Keep a paper as a piece beside the accounts; elsewhere verify it as a control file."""
        shown = self._desk.settings.last_screen
        if self._desk.may_write("finance") and (
            shown in _MONEY_SCREENS or not self._desk.may_read("hygiene")
        ):
            self._desk.go("vouchers", path)
        else:
            self._desk.go("dossier", path)

    def _kinds(self) -> list[Import]:
        from cantine_desktop.office.catalogue import imports  # noqa: PLC0415  -- brings ReportLab

        return [each for each in imports().values() if self._desk.may_write(each.area)]

    def _on_dropped(self, paths: list[str]) -> None:
        dropped = [Path(path) for path in paths]
        files = [path for path in dropped if _LEGAL_FILE.match(path.name)]
        if files and self._desk.may_read("finance"):
            self._desk.go("fec", files[0])
            dropped.remove(files[0])
        self._waiting += dropped
        if self.dialog is None:
            self._next()

    def _next(self) -> None:
        while self._waiting and self.dialog is None:
            self.take(self._waiting.pop(0))

    def _on_finished(self) -> None:
        self.dialog = None
        self._next()


class ImportDialog(Dialog):
    """What a file holds, all that is wrong in it, and a button that says what it will do.

    Attributes:
        kind: What the file is, when several kinds fit.
        told: What the file would bring.
        problems: All that is wrong in the file, each with its place.
        act: Takes the file in.
    """

    def __init__(
        self, desk: Desk, name: str, content: bytes, kinds: Sequence[Import], window: Window
    ) -> None:
        super().__init__(window, tr("Importer « {name} »").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._content = content
        self._kinds = kinds
        self._asked = 0
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Ce que contient le fichier"))
        for each in kinds:
            self.kind.addItem(tr(each.title))
        self.kind.setCurrentIndex(likeliest(kinds, content))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.problems = QListWidget()
        self.problems.setAccessibleName(tr("Problèmes à corriger"))
        self.problems.setWordWrap(True)
        self.problems.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.problems.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problems.setMinimumHeight(scaled(160))
        self.body.addWidget(self.kind)
        self.body.addWidget(self.told)
        self.body.addWidget(self.problems)
        self.act, self._give_up = self.add_answers(tr("Importer"))
        self.act.clicked.disconnect(self.accept)
        self.act.clicked.connect(self._keep)
        self.kind.setVisible(len(kinds) > 1)
        self.kind.currentIndexChanged.connect(self._look)
        self.setMinimumWidth(scaled(560))
        self._look()

    def _importer(self) -> Import:
        return self._kinds[max(self.kind.currentIndex(), 0)]

    def _look(self) -> None:
        """Read the file as the chosen kind, and keep nothing."""
        self._asked += 1
        self.act.setEnabled(False)
        self.problems.hide()
        self.told.setText(tr("Lecture du fichier…"))
        read = partial(_run, self._desk, self._importer(), self._content, dry_run=True)
        self._desk.jobs.run(read, partial(self._show, self._asked), self._refuse)

    def _show(self, asked: int, report: ImportReport) -> None:
        if asked != self._asked:
            return
        count = report.added + report.changed
        self.act.setEnabled(bool(count) and not report.problems)
        self.act.setText(trn("Importer {n} ligne", "Importer {n} lignes", count))
        self.told.setText(_told(report))
        self.problems.clear()
        placed = [*report.problems, *(each for each in report.remarks if each.place)]
        self.problems.addItems([str(problem) for problem in placed])
        self.problems.setVisible(bool(placed))
        if not self.act.isEnabled():
            self.act.setText(tr("Importer"))
            self._give_up.setText(tr("Fermer"))
            self._give_up.setFocus()
        else:
            self._give_up.setText(tr("Ne rien importer"))
            self.act.setFocus()
        self.adjustSize()

    def _keep(self) -> None:
        self.act.setEnabled(False)
        self.told.setText(tr("Import en cours…"))
        keep = partial(_run, self._desk, self._importer(), self._content, dry_run=False)
        self._desk.jobs.run(keep, self._kept, self._refuse)

    def _kept(self, report: ImportReport) -> None:
        if report.problems:  # the book changed since the file was looked at
            self._show(self._asked, report)
            return
        self._desk.tell(_told(report), undo=True)
        self.accept()

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self.reject()
            raise error
        self.told.setText(str(error))
        self._give_up.setText(tr("Fermer"))


def _is_bank(kinds: Sequence[Import], content: bytes) -> bool:
    """Tell whether a file is a bank’s: by what it holds, unless another kind knows its headings."""
    if all(each.key != "bank" for each in kinds):
        return False
    if len(kinds) == 1:
        return True
    from cantine_desktop.finance.bank.recognising import (  # noqa: PLC0415  -- brings the readers
        looks_like_bank,
        may_be_bank,
    )

    others = [each for each in kinds if each.key != "bank"]
    share = knows(others, content)
    if share < _SURE and looks_like_bank(content):
        return True
    return share < _DOUBTFUL and may_be_bank(content)


def _run(desk: Desk, importer: Import, content: bytes, *, dry_run: bool) -> ImportReport:
    from cantine_desktop.exchange.running import run_import  # noqa: PLC0415  -- first import only

    return run_import(desk.book, importer, io.BytesIO(content), dry_run=dry_run)


def _content(path: Path) -> bytes:
    """Read a file whole.

    Raises:
        UserError: It is absent, closed to us or far too large.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(
                tr("« {name} » est trop gros pour être importé.").format(name=path.name)
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            tr("« {name} » ne peut pas être lu : ce fichier est absent ou fermé.").format(
                name=path.name
            )
        ) from error


def _told(report: ImportReport) -> str:
    if report.problems:
        return trn(
            "{n} problème à corriger dans le fichier ; rien n’a été importé.",
            "{n} problèmes à corriger dans le fichier ; rien n’a été importé.",
            len(report.problems),
        )
    parts = [trn("{n} ligne nouvelle", "{n} lignes nouvelles", report.added)]
    if report.changed:
        parts.append(trn("{n} mise à jour", "{n} mises à jour", report.changed))
    if report.unchanged:
        parts.append(trn("{n} déjà là", "{n} déjà là", report.unchanged))
    told = [", ".join(parts), *(each.text for each in report.remarks if not each.place)]
    return "\n".join(told)
