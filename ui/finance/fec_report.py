"""Checking a FEC, ours or another program's, and handing over the one of a year."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.fec.codes import CODES, Severity
from cantine_desktop.finance.fec.faults import Fault, Report
from cantine_desktop.finance.fec.verdicts import (
    form_words,
    office_sentence,
    severity_word,
    verdict_sentences,
)
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.storage.recognition import unreadable
from ui.desk import Desk
from ui.finance import fec_jobs
from ui.kit.empty import EmptyState
from ui.kit.files import Folders, ask_open, ask_save
from ui.kit.flow import FlowLayout
from ui.kit.jobs import Job
from ui.kit.notice import Kind, Notice
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

COLUMNS = (
    Column(mark("Code"), 64),
    Column(mark("Ligne"), 90, "right"),
    Column(mark("Zone"), 170),
    Column(mark("Poids"), 110),
    Column(mark("Ce qui ne va pas"), 300),
)


class FecScreen(Screen):
    """A file to open or drop, its verdict, its faults; and the export of a year.

    Attributes:
        open_button: Asks for a file.
        save_button: Saves the report shown as PDF.
        years: Fiscal years that can be handed over, the latest first.
        export_button: Asks for a folder and writes the FEC of the year there.
        notice: The verdict.
        table: The faults.
        detail: What to do about the fault in hand, and by which text.
    """

    key: ClassVar[str] = "fec"
    shows: ClassVar[frozenset[str]] = frozenset({"fiscal_year", "entry", "canteen"})
    help_text: ClassVar[str] = mark(
        "Déposez ici le fichier des écritures (FEC) de n’importe quel logiciel : chaque faute est "
        "dite avec sa ligne, sa zone et ce qu’il faut faire. Rien n’est pris dans vos comptes."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._report: Report | None = None
        self._job: Job | None = None
        self._year_keys: list[int] = []
        self.open_button = QPushButton(tr("Ouvrir un FEC…"))
        self.open_button.clicked.connect(self.choose)
        self.save_button = QPushButton(tr("Enregistrer le rapport (PDF)…"))
        self.save_button.clicked.connect(self._save)
        self.save_button.setEnabled(False)
        self.years = QComboBox()
        self.years.setAccessibleName(tr("Exercice à exporter"))
        self.export_button = QPushButton(tr("Exporter le FEC…"))
        self.export_button.clicked.connect(self._export)
        self.notice = Notice()
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        set_role(self.facts, "muted")
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = LazyTable(
            tr("Fautes du fichier"),
            [column._replace(title=tr(column.title)) for column in COLUMNS],
            self._rows,
            self._keys,
            empty=EmptyState(
                tr(
                    "Les fautes trouvées se rangent ici. Déposez un FEC dans la fenêtre, ou "
                    "ouvrez-en un : il est lu, jamais importé."
                ),
                icon="file-text",
            ),
        )
        self.table.current_changed.connect(self._show_detail)
        self._check_action = self._action(tr("Contrôler un FEC…"), "", self.choose)
        self.first_stop = self.open_button
        self._lay_out()

    def _lay_out(self) -> None:
        handing = QWidget()
        row = QHBoxLayout(handing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(QLabel(tr("Exercice")))
        row.addWidget(self.years)
        row.addWidget(self.export_button)
        top = FlowLayout(scaled(8))
        for widget in (self.open_button, self.save_button, handing):
            top.addWidget(widget)
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10))
        inside.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.facts)
        self.table.setMinimumHeight(scaled(150))
        column.addWidget(self.table, 1)
        column.addWidget(card)
        self._card: QWidget = card
        card.hide()

    @override
    def refresh(self) -> None:
        """Read the fiscal years again; the report shown stays."""
        shown = self.years.currentText()
        with self.desk.book.read() as session:
            query = select(FiscalYear).order_by(FiscalYear.first.desc())
            years = [(y.id, _year_words(y.first, y.period.last)) for y in session.scalars(query)]
        self._year_keys = [key for key, _words in years]
        self.years.clear()
        self.years.addItems([words for _key, words in years])
        self.years.setCurrentText(shown)
        self.years.setEnabled(bool(years))
        self.export_button.setEnabled(bool(years) and self.desk.may_write("finance"))
        self.table.refresh()

    @override
    def open_at(self, target: object) -> None:
        """Check a file that was dropped or named."""
        if isinstance(target, Path):
            self.check(target)

    @Slot()
    def choose(self) -> None:
        """Ask for a file, and check it."""
        kinds = ((tr("Fichiers des écritures"), "*.txt *.csv *.TXT"), (tr("Tous"), "*"))
        folders = Folders(self.desk.settings.folders)
        path = ask_open(self, folders, "fec", tr("Ouvrir un FEC"), kinds)
        if path is not None:
            self.check(path)

    def check(self, path: Path) -> None:
        """Check a file beside the window; it can be stopped."""
        self._stop()
        self.notice.tell("info", tr("Contrôle de « {name} »…").format(name=path.name))
        today = civil_date(self.desk.book.clock())
        self._job = self.desk.jobs.start(
            tr("Contrôle du FEC"),
            partial(fec_jobs.check, path, today),
            self._show,
            partial(self._fail, path),
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
        self._job = None

    def _show(self, report: Report) -> None:
        self._job = None
        self._report = report
        said = " ".join((*verdict_sentences(report), office_sentence(report)))
        kind: Kind = "warn" if report.warnings else "ok"
        if not report.is_accepted:
            kind = "bad"
        self.notice.tell(kind, tr("« {name} » : {said}").format(name=report.name, said=said))
        self.facts.setText(_facts(report))
        self.save_button.setEnabled(True)
        self.table.refresh()
        self.detail.clear()
        self._card.setVisible(bool(report.faults))
        if report.faults:
            self.table.go_to(0)

    def _fail(self, path: Path, error: BaseException) -> None:
        self._job = None
        if isinstance(error, OSError):
            self.notice.tell("bad", unreadable(path, error.strerror or ""))
        elif isinstance(error, UserError):
            self.notice.tell("bad", str(error))
        else:
            raise error

    def _keys(self, _order: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- as tables ask
        return range(len(self._report.faults)) if self._report else ()

    def _rows(self, keys: Sequence[int]) -> list[Row]:
        faults = self._report.faults if self._report else []
        return [_row(faults[key]) for key in keys]

    def _show_detail(self, key: object) -> None:
        if self._report is None or not isinstance(key, int):
            self.detail.clear()
            return
        fault = self._report.faults[key]
        count = self._report.counts[fault.code]
        said = tr("{words}\n{title}, {count}. {remedy} D’après : {source}.")
        self.detail.setText(
            said.format(
                words=fault.words,
                title=tr(CODES[fault.code].title),
                count=trn("{n} fois", "{n} fois", count),
                remedy=fault.remedy,
                source=fault.source,
            )
        )

    @Slot()
    def _save(self) -> None:
        report = self._report
        if report is None:
            return
        folders = Folders(self.desk.settings.folders)
        name = f"{Path(report.name).stem}_controle.pdf"
        path = ask_save(self, folders, "pdf", name, (("PDF", "*.pdf"),))
        if path is not None:
            work = partial(fec_jobs.save_report, report, path, self.desk.book.clock())
            self.desk.jobs.run(work, self._saved, partial(self._fail, path), tr("Rapport"))

    def _saved(self, path: Path) -> None:
        self.desk.tell(tr("Enregistré : {name}").format(name=path))

    @Slot()
    def _export(self) -> None:
        place = self.years.currentIndex()
        if not 0 <= place < len(self._year_keys):
            return
        folders = Folders(self.desk.settings.folders)
        title = tr("Dossier où écrire le FEC et ses documents")
        chosen = QFileDialog.getExistingDirectory(self, title, str(folders.of("fec-export")))
        if chosen:
            folders.remember("fec-export", Path(chosen) / "fec")
            self.export_to(Path(chosen), self._year_keys[place])

    def export_to(self, folder: Path, year: int) -> None:
        """Write the FEC of a year and what goes with it into a folder, and show its control."""
        self._stop()
        self.notice.tell("info", tr("Export du FEC…"))
        self._job = self.desk.jobs.start(
            tr("Export du FEC"),
            partial(fec_jobs.export_year, self.desk.book, year, folder),
            partial(self._exported, folder),
            partial(self._fail, folder),
        )

    def _exported(self, folder: Path, report: Report) -> None:
        self._show(report)
        self.desk.tell(tr("FEC et documents écrits dans {folder}").format(folder=folder))


def _row(fault: Fault) -> Row:
    zone = f"{fault.column} · {fault.field}" if fault.column else ""
    texts = (
        fault.code,
        str(fault.line) if fault.line else tr("fichier"),
        zone,
        severity_word(fault.severity),
        fault.words,
    )
    return Row(texts, "" if fault.severity is Severity.ERROR else "muted")


def _facts(report: Report) -> str:
    if not report.lines:
        return ""
    said = tr("{lines} en {entries} · débit {debit}, crédit {credit} · {form}")
    return said.format(
        lines=trn("{n} ligne", "{n} lignes", report.lines),
        entries=trn("{n} écriture", "{n} écritures", report.entries),
        debit=money(report.debit),
        credit=money(report.credit),
        form=form_words(report),
    )


def _year_words(first: date, last: date) -> str:
    if (first.day, first.month, last.day, last.month) == (1, 1, 31, 12):
        return str(last.year)
    return tr("{first} – {last}").format(first=short_day(first), last=short_day(last))
