"""The accountant’s pack of a month: what is missing, a word to say, one gesture to prepare it."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.finance.pack.checklist import Point
from cantine_desktop.finance.pack.preparing import Prepared, file_name, prepare, save_note
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.month_box import MonthBox
from ui.finance.pack_payroll import PayrollDialog
from ui.finance.pack_points import PointList
from ui.finance.pack_reading import Shown, read_month
from ui.finance.pack_register import PackList
from ui.kit.files import Folders, ask_save
from ui.kit.jobs import Job, Report
from ui.kit.labels import heading
from ui.kit.notice import Notice
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled
from ui.screen import Screen

NARROW = 760
"""Pixels at 100 % below which the columns stand under one another."""

PATIENCE_MS = 30
"""Before the reading starts: what changes in one gesture is read once."""


class PackScreen(Screen):
    """A month, its checks, a word to the accountant, the packs handed over so far."""

    key: ClassVar[str] = "pack"
    shows: ClassVar[frozenset[str]] = frozenset({
        *("entry", "line", "fiscal_year", "piece", "piece_link", "bank_line", "bank_statement"),
        *("matched_bank_line", "matched_line", "prepared_pack", "pack_note", "pay_variable"),
    })
    begins_at_action: ClassVar[bool] = True
    help_text: ClassVar[str] = mark(
        "Choisissez le mois, regardez ce qui manque, laissez un mot, puis préparez le dossier : un "
        "seul fichier ZIP, construit chaque mois de la même façon, à remettre à l’expert-comptable."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._job: Job | None = None
        self._shown: Shown | None = None
        self._may_write = desk.may_write("finance")
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._wait.timeout.connect(self._start_reading)
        self._prepare = self._action(tr("Préparer le dossier…"), "", self.prepare)
        self._payroll = self._action(tr("Variables de paie…"), "", self.ask_payroll)
        self._formats = self._action(tr("Autres formats et FEC corrigé…"), "", self._go_to_formats)
        self.months = MonthBox(self._today)
        self.months.chosen.connect(self._on_month)
        self.notice = Notice()
        self.sentence = QLabel()
        self.points = PointList()
        self.points.chosen.connect(self._open_point)
        self.note = QPlainTextEdit()
        self.packs = PackList()
        self.payroll = QPushButton(tr("Variables de paie…"))
        self.payroll.clicked.connect(self._payroll.trigger)
        self.formats = QPushButton(tr("Autres formats et FEC corrigé…"))
        self.formats.clicked.connect(self._formats.trigger)
        self.keep_note = QPushButton(tr("Garder le mot"))
        self.keep_note.clicked.connect(self.save)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.first_stop = self.points

    @override
    def filters(self) -> QWidget:
        return self.months

    @override
    def primary(self) -> QAction:
        return self._prepare

    @override
    def document(self) -> tuple[str, Period]:
        return "accountant-index", self.month

    @override
    def place(self) -> object:
        return self.month

    @override
    def open_at(self, target: object) -> None:
        """Show a month."""
        if isinstance(target, Period):
            self.months.choose(target)

    @property
    def month(self) -> Period:
        """The month shown."""
        return self.months.month

    @override
    def refresh(self) -> None:
        """Read the month again, beside the window."""
        self.subtitle = in_words(self.month)
        self._wait.start()

    @Slot()
    def _on_month(self) -> None:
        self.save()
        self.notice.clear()
        if self.isVisible():
            self.refresh()

    @Slot()
    def _start_reading(self) -> None:
        if self._job is not None:
            self._job.stop()
        read = partial(read_month, self.desk.book, self.month)
        self._job = self.desk.jobs.run(read, self._show, self._fail)
        self.destroyed.connect(self._job.stop)

    def _show(self, shown: Shown) -> None:
        if shown.month != self.month:
            return
        is_other = self._shown is None or self._shown.month != shown.month
        self._shown = shown
        self.sentence.setText(_sentence(shown))
        self.points.show_points(shown.points)
        self.packs.show_packs(shown.packs)
        if is_other or not self.note.hasFocus():
            self.note.setPlainText(shown.note)
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        self.keep_note.setEnabled(self._is_typed())

    def _is_typed(self) -> bool:
        known = self._shown.note if self._shown else ""
        return self._may_write and self.note.toPlainText().strip() != known

    @Slot()
    def save(self) -> bool:
        """Keep the word to the accountant, if it changed; tell whether all is well."""
        if self._shown is None or not self._is_typed():
            return True
        try:
            with self.desk.book.action(tr("Mot au comptable")) as session:
                save_note(session, self._shown.month.first, self.note.toPlainText())
        except UserError as error:
            self.notice.tell("bad", str(error))
            return False
        self._shown = self._shown._replace(note=self.note.toPlainText().strip())
        self.keep_note.setEnabled(False)
        self.desk.tell(tr("Le mot est gardé : il sera dans le dossier."), undo=True)
        return True

    @Slot()
    def prepare(self) -> None:
        """Ask where, then write the archive beside the window."""
        if not self._may_write:
            self.desk.tell(tr("Votre profil ne peut pas préparer le dossier."))
            return
        if not self.save():
            return
        canteen = self._shown.canteen if self._shown else ""
        kinds = ((tr("Dossier comptable"), "*.zip"),)
        folders = Folders(self.desk.settings.folders)
        chosen = ask_save(
            self.window(), folders, "accountant", file_name(canteen, self.month), kinds
        )
        if chosen is not None:
            self.start(chosen)

    def start(self, file: Path) -> Job:
        """Write the archive of the month shown into a file."""
        self.points.setFocus()  # a button that closes lets the keyboard wander
        self._prepare.setEnabled(False)
        title = tr("Dossier comptable, {month}").format(month=in_words(self.month))
        work = partial(_prepare, self.desk, self.month, file)
        job = self.desk.jobs.start(title, work, self._done, self._fail)
        self.desk.jobs.changed.connect(self._on_jobs)
        return job

    @Slot()
    def _on_jobs(self) -> None:
        """Offer the gesture again when the work ended or was stopped."""
        if not any(job.title and not job.is_stopping for job in self.desk.jobs.running):
            self._prepare.setEnabled(True)

    def _done(self, prepared: Prepared) -> None:
        self._prepare.setEnabled(True)
        to = self.desk.settings.accountant_email
        words = (
            tr("Le dossier est prêt : {file}. Envoyez-le à {to}.")
            if to
            else tr("Le dossier est prêt : {file}. Il attend d’être envoyé.")
        ).format(file=prepared.file.name, to=to)
        if prepared.summary.drafts:
            words += " " + trn(
                "{n} écriture y est encore en brouillon.",
                "{n} écritures y sont encore en brouillon.",
                prepared.summary.drafts,
            )
        show = partial(_open_folder, prepared.file.parent)
        self.notice.tell("ok", words, tr("Ouvrir son dossier"), show)

    def _fail(self, error: BaseException) -> None:
        self._prepare.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.notice.tell("bad", str(error))

    @Slot(object)
    def _open_point(self, point: Point) -> None:
        if point.screen == self.key:
            self.ask_payroll()
        elif point.screen:
            self.desk.go(point.screen, self.month)

    @Slot()
    def ask_payroll(self) -> None:
        """Show the variables of pay of the month."""
        PayrollDialog(self.window(), self.desk, self.month).open()

    @Slot()
    def _go_to_formats(self) -> None:
        self.desk.go("transfer", self.month)

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(NARROW)
        across = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(across)
        self._top.setDirection(across)

    def _lay_out(self) -> None:
        self.sentence.setWordWrap(True)
        self.points.setMinimumHeight(scaled(170))
        self.packs.setMinimumHeight(scaled(90))
        self.note.setAccessibleName(tr("Mot à l’expert-comptable"))
        self.note.setPlaceholderText(tr("Ce qu’il faut savoir de ce mois, en quelques mots."))
        self.note.setTabChangesFocus(True)
        self.note.setReadOnly(not self._may_write)
        self.note.setFixedHeight(scaled(92))
        self.note.textChanged.connect(self._on_typed)
        left = _column(tr("Ce que l’expert-comptable demanderait"), self.points)
        side = QVBoxLayout()
        side.setSpacing(scaled(8))
        side.addWidget(heading(tr("Mot à l’expert-comptable")))
        side.addWidget(self.note)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep_note)
        side.addLayout(row)
        side.addWidget(heading(tr("Derniers dossiers")))
        side.addWidget(self.packs, 1)
        self._middle.setSpacing(scaled(20))
        self._middle.addLayout(left, 3)
        self._middle.addLayout(side, 2)
        self._top.setSpacing(scaled(8))
        self._top.addWidget(self.sentence, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        buttons.addWidget(self.payroll)
        buttons.addWidget(self.formats)
        buttons.addStretch(1)
        self._top.addLayout(buttons)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self.notice)
        layout.addLayout(self._top)
        layout.addLayout(self._middle, 1)
        show_scrolling(self, page)


def _prepare(desk: Desk, month: Period, file: Path, report: Report) -> Prepared:
    return prepare(desk.book, month, file, report.step)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _column(title: str, widget: QFrame) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(scaled(8))
    column.addWidget(heading(title))
    column.addWidget(widget, 1)
    return column


def _sentence(shown: Shown) -> str:
    entries = trn("{n} écriture", "{n} écritures", shown.entries)
    drafts = (
        trn("{n} en brouillon", "{n} en brouillon", shown.drafts)
        if shown.drafts
        else tr("toutes validées")
    )
    pieces = trn("{n} pièce", "{n} pièces", shown.pieces)
    missing = trn("{n} manquante", "{n} manquantes", shown.missing)
    pay = trn("{n} variable de paie", "{n} variables de paie", shown.variables)
    if not shown.entries:
        entries, drafts = tr("Aucune écriture"), tr("rien à valider")
    return tr("Dans le dossier : {entries} ({drafts}), {pieces} ({missing}), {pay}.").format(
        entries=entries[0].lower() + entries[1:],
        drafts=drafts,
        pieces=pieces,
        missing=missing,
        pay=pay,
    )
