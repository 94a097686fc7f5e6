"""Entries for other accounting programs, and the FEC that comes back corrected."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.finance.transfer.lines import ledger_lines
from cantine_desktop.finance.transfer.losses import in_words as losses_in_words
from cantine_desktop.finance.transfer.profiles import KEYS, Profile, profile
from cantine_desktop.finance.transfer.writing import Written, write_transfer
from cantine_desktop.i18n import language, mark, money, tr, trn
from cantine_desktop.replacing import write_whole
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.finance.month_box import MonthBox
from ui.finance.transfer_diff import CorrectionReader
from ui.kit.files import Folders, ask_open, ask_save
from ui.kit.labels import wrapped
from ui.kit.list_detail import ListDetail
from ui.kit.notice import Notice
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.screen import Screen


class TransferScreen(Screen):
    """The layouts, what each loses, the file of a month; and the corrected FEC."""

    key: ClassVar[str] = "transfer"
    shows: ClassVar[frozenset[str]] = frozenset({"entry", "line"})
    help_text: ClassVar[str] = mark(
        "Choisissez le logiciel de l’expert-comptable et enregistrez le fichier du mois. Quand il "
        "rend un FEC corrigé, reprenez-le ici : vous voyez chaque changement avant d’accepter."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        may = desk.may_write("finance")
        self._correct = self._action(
            tr("Reprendre un FEC corrigé…"), "", self.ask_correction, enabled=may
        )
        self.months = MonthBox(self._today)
        self.months.chosen.connect(self._on_month)
        self.notice = Notice()
        self.table: LazyTable[str] = LazyTable(
            tr("Formats d’échange"),
            [Column(tr("Logiciel"), 290), Column(tr("Fichier"), 110)],
            _rows,
            self._find,
        )
        self.table.activated.connect(self._on_activated)
        self.list = ListDetail(self.table, self._pane, tr("Choisissez un logiciel."))
        self.reader = CorrectionReader(desk, self)
        self.reader.told.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setSpacing(scaled(12))
        layout.addWidget(self.notice)
        layout.addWidget(self.list, 1)
        self.first_stop = self.list

    @override
    def filters(self) -> QWidget:
        return self.months

    @override
    def primary(self) -> QAction:
        return self._correct

    @override
    def place(self) -> object:
        return self.month

    @override
    def open_at(self, target: object) -> None:
        """Show a month, or read a corrected FEC."""
        if isinstance(target, Path):
            self.reader.read(target)
        elif isinstance(target, Period):
            self.months.choose(target)

    @property
    def month(self) -> Period:
        """The month written."""
        return self.months.month

    @override
    def refresh(self) -> None:
        self.subtitle = in_words(self.month)
        if not self.table.model.keys:
            self.table.refresh()
            liked = self.desk.settings.transfer_format
            self.table.go_to(liked if liked in KEYS else KEYS[0])

    @Slot()
    def _on_month(self) -> None:
        self.notice.clear()
        self.subtitle = in_words(self.month)

    def _find(self, _column: str, _down: bool) -> Sequence[str]:  # noqa: FBT001
        words = fold(self.list.words) if hasattr(self, "list") else ""
        return [key for key in KEYS if words in fold(profile(key).title)]

    def _pane(self, key: str) -> QWidget:
        layout = profile(key)
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setSpacing(scaled(10))
        title = QLabel(layout.title)
        set_role(title, "h2")
        column.addWidget(title)
        for words, role in (
            (layout.hint_en if language() == "en" else layout.hint, ""),
            (losses_in_words(layout), ""),
            (_technical(layout), "small"),
        ):
            column.addWidget(wrapped(words, role))
        save = QPushButton(tr("Enregistrer le fichier du mois…"))
        set_role(save, "primary")
        save.clicked.connect(partial(self.ask_file, key))
        column.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return pane

    @Slot(object)
    def _on_activated(self, key: str) -> None:
        self.ask_file(key)

    def ask_file(self, key: str) -> None:
        """Ask where to write the entries of the month in a layout, then write them."""
        layout = profile(key)
        name = layout.file_name or f"{key}_{self.month.first:%Y-%m}{layout.suffix}"
        kinds = ((layout.title, f"*{layout.suffix}"),)
        folders = Folders(self.desk.settings.folders)
        chosen = ask_save(self.window(), folders, "accountant", name, kinds)
        if chosen is not None:
            self.save(key, chosen)

    def save(self, key: str, file: Path) -> None:
        """Write the entries of the month in a layout, beside the window."""
        work = partial(_write, self.desk, key, self.month, file)
        done = partial(self._done, file.name)
        self.desk.jobs.run(work, done, self._fail, tr("Écriture du fichier"))

    def _done(self, name: str, written: Written) -> None:
        if not written.lines:
            self.notice.tell("info", tr("Aucune écriture ce mois-ci : le fichier est vide."))
            return
        entries = trn("{n} écriture", "{n} écritures", written.entries)
        words = tr("{name} : {entries}, {total} au débit et au crédit.").format(
            name=name, entries=entries, total=money(Money(written.debit))
        )
        if written.renamed:
            pairs = [f"{code} → {short}" for code, short in sorted(written.renamed.items())]
            words += " " + tr("Codes raccourcis : {codes}.").format(codes=", ".join(pairs[:6]))
        self.notice.tell("ok", words)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.notice.tell("bad", str(error))

    @Slot(str, str)
    def _tell(self, kind: str, words: str) -> None:
        self.notice.tell("bad" if kind == "bad" else "ok", words)

    @Slot()
    def ask_correction(self) -> None:
        """Ask for the FEC the accountant corrected, and show what it changes."""
        folders = Folders(self.desk.settings.folders)
        kinds = ((tr("FEC"), "*.txt *.csv"),)
        title = tr("FEC corrigé par l’expert-comptable")
        chosen = ask_open(self.window(), folders, "accountant", title, kinds)
        if chosen is not None:
            self.reader.read(chosen)

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())


def _rows(keys: Sequence[str]) -> list[Row]:
    found = (profile(key) for key in keys)
    return [Row((p.title, p.file_name or f"*{p.suffix}")) for p in found]


def _technical(layout: Profile) -> str:
    kind = (
        tr("colonnes de largeur fixe")
        if not layout.separator
        else tr("colonnes séparées par {sign}").format(sign=tr(_SIGNS[layout.separator]))
    )
    return tr("Technique : {encoding}, {kind}.").format(encoding=layout.encoding.upper(), kind=kind)


_SIGNS = {
    "\t": mark("une tabulation"),
    ";": mark("un point-virgule"),
    ",": mark("une virgule"),
    "|": mark("une barre"),
}


def _write(desk: Desk, key: str, month: Period, file: Path) -> Written:
    target = BytesIO()
    with desk.book.read() as session:
        written = write_transfer(ledger_lines(session, month), profile(key), target)
    try:
        write_whole(file, target.getvalue())
    except OSError as error:
        raise UserError(
            tr("« {file} » ne peut pas être enregistré ici : choisissez un autre dossier.").format(
                file=file.name
            )
        ) from error
    return written
