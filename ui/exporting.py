"""Export from the File menu: which data, for which period, in which file."""

import io
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QListWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.registry import Export, Note, Write
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import write_whole
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.files import Folders, ask_save
from ui.kit.theme import scaled
from ui.window import Window


class Exporting(QObject):
    """Answers Export in the File menu."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        window.commands["export"].triggered.connect(self.choose)
        desk.exporting.connect(self.choose_one)

    @Slot()
    def choose(self) -> None:
        """Show what can be exported."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.open()

    @Slot(str, object)
    def choose_one(self, key: str, period: Period) -> None:
        """Show it with one kind of data and its period already chosen."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.choose(key, period)
            dialog.open()

    def _dialog(self) -> "ExportDialog | None":
        from cantine_desktop.office.catalogue import exports  # noqa: PLC0415  -- brings ReportLab

        mine = [each for each in exports().values() if self._desk.may_read(each.area)]
        if not mine:
            self._desk.tell(tr("Votre profil n’a rien à exporter."))
            return None
        return ExportDialog(self._desk, mine, self._window)


class ExportDialog(Dialog):
    """A list of exports, two days and a button.

    Attributes:
        list: What can be exported.
        first: First day of the period.
        last: Its last day.
        excel: Whether the file is for a French Excel, where that makes sense.
        act: Asks where, and writes.
    """

    def __init__(self, desk: Desk, exports: list[Export], window: Window) -> None:
        super().__init__(window, tr("Exporter des données"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._exports = exports
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Données à exporter"))
        self.list.addItems([tr(each.title) for each in exports])
        self.list.setMinimumHeight(scaled(140))
        self.first = DateEdit(tr("Premier jour"), self._today)
        self.last = DateEdit(tr("Dernier jour"), self._today)
        month = Period.month(self._today())
        self.first.set_value(month.first)
        self.last.set_value(month.last)
        self.excel = QCheckBox(tr("Pour Excel"))
        self.body.addWidget(self.list)
        days = QFormLayout()
        days.addRow(tr("Premier jour"), self.first)
        days.addRow(tr("Dernier jour"), self.last)
        self.body.addLayout(days)
        self.body.addWidget(self.excel)
        self.act, _ = self.add_answers(tr("Exporter…"))
        self.act.clicked.disconnect(self.accept)
        self.act.clicked.connect(self._write)
        self.list.currentRowChanged.connect(self._choose)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def choose(self, key: str, period: Period) -> None:
        """Choose a kind of data and its days."""
        keys = [each.key for each in self._exports]
        if key in keys:
            self.list.setCurrentRow(keys.index(key))
        self.first.set_value(period.first)
        self.last.set_value(period.last)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _choose(self, row: int) -> None:
        self.excel.setEnabled(self._exports[row].write_excel is not None)

    def _write(self) -> None:
        first, last = self.first.value, self.last.value
        if first is None or last is None or last < first:
            self.last.refuse(tr("Choisissez deux jours, le premier avant le dernier."))
            return
        export, period = self._exports[self.list.currentRow()], Period.through(first, last)
        name = tr("{title}, {period}").format(title=tr(export.title), period=in_words(period))
        kinds = ((export.suffix.removeprefix(".").upper(), f"*{export.suffix}"),)
        folders = Folders(self._desk.settings.folders)
        target = ask_save(self, folders, "export", name, kinds)
        if target is None:
            return
        wanted = export.write_excel if self.excel.isChecked() else None
        work = partial(_export, self._desk, wanted or export.write, period, target, export.note)
        self._desk.jobs.run(work, self._done, self._fail, tr("Export"))
        self.accept()

    def _done(self, target: Path) -> None:
        self._desk.tell(tr("Exporté : {name}").format(name=target))

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._desk.tell(str(error))


def _export(
    desk: Desk, write: Write, period: Period, target: Path, note: Note | None = None
) -> Path:
    """Write a file whole or not at all; for a worker thread.

    Raises:
        UserError: The place cannot be written to.
    """
    content, now = io.BytesIO(), desk.book.clock()
    with desk.book.read() as session:
        write(session, period, now, content)
    try:
        write_whole(target, content.getvalue())
    except OSError as error:
        raise UserError(
            tr("« {name} » n’a pas pu être écrit. Choisissez un autre dossier.").format(
                name=target.name
            )
        ) from error
    if note is not None:
        note(desk.book, period, now)
    return target
