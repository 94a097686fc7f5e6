"""The inspection file: its period, how complete it is, one gesture to make it, one to verify."""

from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.catalogue import MATRICES, REGISTERS
from cantine_desktop.hygiene.inspection.controls import READINGS, Control, controls, past
from cantine_desktop.hygiene.inspection.gaps import Gap, Span, gaps, span_period
from cantine_desktop.hygiene.inspection.inspections import last_inspection, note_inspection
from cantine_desktop.hygiene.inspection.keys import signer_of
from cantine_desktop.hygiene.inspection.words import completeness_sentence
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.hygiene.dossier_bars import Bars
from ui.hygiene.dossier_check import CheckPane
from ui.hygiene.dossier_gaps import GapList
from ui.hygiene.dossier_visit import VisitDialog
from ui.hygiene.dossier_ways import Ways
from ui.kit.date_field import DateEdit
from ui.kit.jobs import Job, Report
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role
from ui.printing import PreviewDialog
from ui.screen import Screen

PATIENCE_MS = 30
"""Before the counting starts: what changes in one gesture is counted once."""

NARROW = 760
"""Pixels at 100 % below which the gaps stand under the bars."""


class Figures(NamedTuple):
    """What the screen shows of a period.

    Attributes:
        controls: What was due and done.
        gaps: What is missing, by kind.
        fingerprint: Of the book's key; empty before it is made.
        since: Day of the last inspection.
    """

    controls: list[Control]
    gaps: list[Gap]
    fingerprint: str
    since: date | None


class DossierScreen(Screen):
    """Period presets, a bar for each control, the gaps, the file, and verifying one."""

    key: ClassVar[str] = "dossier"
    shows: ClassVar[frozenset[str]] = frozenset({
        *("reading", "cold_unit", "week_signature", "closed_day", "breach", "certificate"),
        *("inspection", "canteen", "cleaning_task", "plan_version"),
        *(register.model.__tablename__ for register in REGISTERS),
        *(matrix.model.__tablename__ for matrix in MATRICES),
    })
    help_text: ClassVar[str] = mark(
        "Choisissez la période, regardez ce qui manque, puis produisez le dossier : un seul PDF, "
        "signé par ce livre. Un dossier reçu se vérifie en le déposant ici."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._figures: dict[Period, Figures] = {}
        self._asked: Job | None = None
        self._since: date | None = None
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._wait.timeout.connect(self._start_counting)
        self._make = QAction(tr("Produire le dossier"), self)
        self._make.triggered.connect(self.make)
        self.addAction(self._make)
        self.span = _span_box()
        self.span.currentIndexChanged.connect(self._on_span)
        self.first = DateEdit(tr("Premier jour"), self._today)
        self.last = DateEdit(tr("Dernier jour"), self._today)
        self._visit = QAction(tr("Noter une inspection…"), self)
        self._visit.triggered.connect(self._ask_visit)
        self._visit.setEnabled(desk.may_write("hygiene"))
        self.addAction(self._visit)
        self.note_visit = QPushButton(tr("Noter une inspection…"))
        self.visit: VisitDialog | None = None
        self.ways = Ways(desk)
        self.days = QWidget()
        self.sentence = QLabel()
        self.bars = Bars()
        self.gaps = GapList()
        self.check = CheckPane(desk)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for field in (self.first, self.last):
            field.committed.connect(self._on_days)
        self.note_visit.clicked.connect(self._visit.trigger)
        self.note_visit.setEnabled(desk.may_write("hygiene"))
        self.bars.table.activated.connect(self._open_control)
        self.gaps.chosen.connect(self._open_gap)
        self._lay_out()
        self.first_stop = self.span  # never on the button of a suspicion
        self._on_span()

    @override
    def filters(self) -> QWidget:
        return self.span

    @override
    def primary(self) -> QAction:
        return self._make

    @override
    def document(self) -> tuple[str, Period]:
        return "inspection-file", self.period

    @override
    def place(self) -> object:
        return self.period

    @override
    def open_at(self, target: object) -> None:
        """Show a period, or verify a file."""
        if isinstance(target, Path):
            self.check.verify(target)
        elif isinstance(target, Period):
            self._show_chosen(target)

    @property
    def period(self) -> Period:
        """The days of the file."""
        span = Span(self.span.currentData())
        if span is Span.CHOSEN and self.first.value and self.last.value:
            first, last = sorted((self.first.value, self.last.value))
            return Period(first, last + DAY)
        return span_period(span, self._today(), self._since)

    @override
    def refresh(self) -> None:
        """Count again, beside the window; what was counted before stays in sight meanwhile."""
        period = self.period
        self.subtitle = in_words(period)
        known = self._figures.get(period)
        if known is not None:
            self._show(period, known)
        else:
            self.sentence.setText(tr("Comptage en cours…"))
        self._wait.start()  # the screen is painted before the counting takes the processor

    @QtSlot()
    def _start_counting(self) -> None:
        period = self.period
        if self._asked is not None:
            self._asked.stop()
        show = partial(self._on_counted, period)
        self._asked = self.desk.jobs.run(partial(self._count, period), show, self._fail)
        self.destroyed.connect(self._asked.stop)  # nobody is left to show it to

    @QtSlot()
    def make(self) -> Job:
        """Write the file beside the window, and show it when it is ready."""
        period = self.period
        title = tr("Dossier de contrôle, {period}").format(period=in_words(period))
        self._make.setEnabled(False)
        job = self.desk.jobs.start(
            title, partial(self._write, period), partial(self._present, title), self._fail
        )
        self.desk.jobs.changed.connect(self._on_jobs)
        return job

    def _write(self, period: Period, report: Report) -> bytes:
        # The libraries of paper are loaded by the first file, not by the screen.
        from cantine_desktop.hygiene.inspection.file import write_inspection_file  # noqa: PLC0415
        from cantine_desktop.hygiene.inspection.keys import ensure_key  # noqa: PLC0415

        ensure_key(self.desk.book)
        target = BytesIO()
        with self.desk.book.read() as session:
            now = self.desk.book.clock()
            write_inspection_file(session, period, now, target, tell=report.step)
        return target.getvalue()

    def _present(self, title: str, pdf: bytes) -> None:
        self._make.setEnabled(True)
        PreviewDialog(self.desk, pdf, title, self.window()).open()
        self.refresh()  # the key may have just been made

    def _fail(self, error: BaseException) -> None:
        self._make.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.desk.tell(str(error))

    @QtSlot()
    def _on_jobs(self) -> None:
        """Offer the gesture again when the work was stopped."""
        if not any(job.title and not job.is_stopping for job in self.desk.jobs.running):
            self._make.setEnabled(True)

    def _count(self, period: Period) -> Figures:
        now = self.desk.book.clock()
        with self.desk.book.read() as session:
            found = controls(session, period, now)
            counted = past(session, period, now)
            missing = gaps(session, found, counted, now) if counted else []
            signer = signer_of(session)
            since = last_inspection(session)
        return Figures(found, missing, signer.fingerprint if signer else "", since)

    def _on_counted(self, period: Period, figures: Figures) -> None:
        self._figures[period] = figures
        if period == self.period:
            self._show(period, figures)

    def _show(self, period: Period, figures: Figures) -> None:
        changed = figures.since != self._since
        self._since = figures.since
        if changed and Span(self.span.currentData()) is Span.SINCE and self.period != period:
            self.refresh()
            return
        self.sentence.setText(completeness_sentence(figures.controls))
        self.bars.show_controls(figures.controls)
        self.gaps.show_gaps(figures.gaps)
        self.check.show_fingerprint(figures.fingerprint)
        text = tr("Depuis la dernière inspection")
        if figures.since is not None:
            text = tr("Depuis l’inspection du {day}").format(day=short_day(figures.since))
        self.span.setItemText(self.span.findData(Span.SINCE), text)

    @QtSlot()
    def _on_span(self) -> None:
        span = Span(self.span.currentData())
        self.days.setVisible(span is Span.CHOSEN)
        if span is Span.CHOSEN and self.first.value is None:
            usual = span_period(Span.YEAR, self._today())
            self.first.set_value(usual.first)
            self.last.set_value(usual.last)
        if self.isVisible():
            self.refresh()

    @QtSlot()
    def _on_days(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_chosen(self, period: Period) -> None:
        self.first.set_value(period.first)
        self.last.set_value(period.last)
        self.span.setCurrentIndex(self.span.findData(Span.CHOSEN))
        self.refresh()

    @QtSlot()
    def _ask_visit(self) -> None:
        self.visit = VisitDialog(self.window(), self._today)
        self.visit.noted.connect(self._note_visit)
        self.visit.open()

    @QtSlot(object)
    def _note_visit(self, day: date) -> None:
        try:
            with self.desk.book.action(tr("Inspection notée")) as session:
                note_inspection(session, day, "", self.desk.book.clock())
        except UserError as error:
            self.desk.tell(str(error))
            return
        said = tr("Inspection du {day} notée.").format(day=short_day(day))
        self.desk.tell(said, undo=True)

    @QtSlot(object)
    def _open_control(self, key: str) -> None:
        control = self.bars.control(key)
        if control is not None:
            self._go(control.screen, control.letter, None)

    @QtSlot(object)
    def _open_gap(self, gap: Gap) -> None:
        self._go(gap.screen, gap.letter, gap.day)

    def _go(self, screen: str, letter: str, day: date | None) -> None:
        week = Period.week(day or min(self.period.last, self._today()))
        if screen == READINGS:
            self.desk.go(screen, day or week)
        elif letter:
            self.desk.go(screen, SheetAsked(letter, week))
        else:
            self.desk.go(screen)

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(NARROW)
        across = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(across)

    def _lay_out(self) -> None:
        self.sentence.setWordWrap(True)
        row = QHBoxLayout(self.days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        for field in (self.first, self.last):
            field.setMaximumWidth(scaled(210))
            row.addWidget(field)
        row.addStretch(1)
        heading = QLabel(tr("À regarder avant"))
        set_role(heading, "h2")
        side = QVBoxLayout()
        side.setSpacing(scaled(8))
        title = QHBoxLayout()
        title.addWidget(heading, 1)
        title.addWidget(self.note_visit)
        side.addLayout(title)
        side.addWidget(self.gaps, 1)
        side.addWidget(self.check)
        self._middle.setSpacing(scaled(16))
        self._middle.addWidget(self.bars, 3)
        self._middle.addLayout(side, 2)
        self.bars.setMinimumHeight(scaled(220))
        self.gaps.setMinimumHeight(scaled(130))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(12))
        column.addLayout(self._middle, 1)  # first, so that the keyboard enters the page there
        top = QHBoxLayout()
        top.addWidget(self.sentence, 1)
        top.addWidget(self.ways)
        column.insertLayout(0, top)
        column.insertWidget(0, self.days)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolling(page, sideways=False))


def _span_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr("Période du dossier"))
    for span, words in (
        (Span.QUARTER, tr("3 derniers mois")),
        (Span.HALF, tr("6 derniers mois")),
        (Span.YEAR, tr("12 derniers mois")),
        (Span.SINCE, tr("Depuis la dernière inspection")),
        (Span.CHOSEN, tr("Du… au…")),
    ):
        box.addItem(words, span)
    box.setCurrentIndex(1)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box
