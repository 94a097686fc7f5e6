"""What a corrected FEC changes: listed, chosen, taken in as one step that can be undone."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QWidget,
)
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.decoding import read_limited
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.finance.pack.correcting import Correction, read_correction, take_correction
from cantine_desktop.finance.transfer.diffing import EntryChange, FlatEntry, Kind
from cantine_desktop.finance.transfer.telling import told
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.line_list import fit
from ui.kit.dialogs import Dialog
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role

LARGEST = 100 * 1024 * 1024
"""Bytes of a FEC that is compared."""

_TITLES = {
    Kind.ADDED: mark("Ajoutée"),
    Kind.CHANGED: mark("Corrigée"),
    Kind.REMOVED: mark("Retirée"),
    Kind.REWORDED: mark("Libellé changé"),
}
_ICONS = {
    Kind.ADDED: ("plus", "ok"),
    Kind.CHANGED: ("pencil-simple", "info"),
    Kind.REMOVED: ("warning-fill", "warn"),
    Kind.REWORDED: ("info-fill", "muted"),
}
MOST_SHOWN = 2000


class CorrectionReader(QObject):
    """Reads a corrected FEC beside the window, then shows what it changes.

    Attributes:
        dialog: What is shown, as long as it is.

    Signals:
        told: ``"bad"`` or ``"ok"``, and a sentence.
    """

    told = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent
        self.dialog: CorrectionDialog | None = None

    def read(self, file: Path) -> None:
        """Read a file."""
        work = partial(_read, self._desk, file)
        title = tr("Comparaison du FEC")
        self._desk.jobs.run(work, self._show, self._fail, title)

    def _show(self, correction: Correction) -> None:
        found = correction.difference
        if not correction.problems and not found.changes and not found.renamed:
            words = trn(
                "Ce FEC ne change rien : {n} écriture, déjà ainsi dans le livre.",
                "Ce FEC ne change rien : {n} écritures, déjà ainsi dans le livre.",
                found.same,
            )
            self.told.emit("ok", words)
            return
        self.dialog = CorrectionDialog(self._window.window(), self._desk, correction)
        self.dialog.taken.connect(self._on_taken)
        self.dialog.open()

    @Slot(object)
    def _on_taken(self, report: ImportReport) -> None:
        count = report.added + report.changed
        words = trn(
            "{n} changement repris, en brouillon : relisez, puis validez avec le mois.",
            "{n} changements repris, en brouillon : relisez, puis validez avec le mois.",
            count,
        )
        self._desk.tell(words, undo=True)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.told.emit("bad", str(error))


class CorrectionDialog(Dialog):
    """Each change with a box to tick; nothing is written before the button.

    Attributes:
        changes: The changes, those that can be taken are ticked.
        detail: The two sides of the change that is current.
        rename: Whether accounts take the titles of the file.

    Signals:
        taken: The changes were taken in (an ``ImportReport``).
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, correction: Correction) -> None:
        super().__init__(parent, tr("FEC corrigé par l’expert-comptable"), _sentence(correction))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._correction = correction
        self.changes = QListWidget()
        self.detail = QLabel()
        self.rename = QCheckBox()
        self.problems = QLabel()
        self._lay_out()
        self.act, self._give_up = self.add_answers(tr("Reprendre"), cancel=tr("Ne rien changer"))
        self.act.clicked.disconnect(self.accept)
        self.act.clicked.connect(self.take)
        self.changes.itemChanged.connect(self._on_ticked)
        self.changes.currentRowChanged.connect(self._on_current)
        self._show_changes()
        self._on_ticked()
        fit(self, 820, 560)
        self.changes.setFocus()

    def _lay_out(self) -> None:
        self.changes.setAccessibleName(tr("Changements"))
        self.changes.setMinimumHeight(scaled(110))
        self.changes.setWordWrap(True)
        self.changes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setMinimumHeight(scaled(72))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_role(self.problems, "error")
        self.problems.setWordWrap(True)
        self.body.addWidget(self.problems)
        self.body.addWidget(self.changes, 1)
        self.body.addWidget(self.detail)
        self.body.addWidget(self.rename)
        renamed = self._correction.difference.renamed
        words = trn(
            "Reprendre aussi l’intitulé de {n} compte",
            "Reprendre aussi les intitulés de {n} comptes",
            len(renamed),
        )
        self.rename.setText(words)
        self.rename.setToolTip("\n".join(f"{r.number} {r.ours} → {r.theirs}" for r in renamed[:20]))
        self.rename.setVisible(bool(renamed))
        self.rename.toggled.connect(self._on_ticked)
        problems = self._correction.problems
        self.problems.setText("\n".join(map(str, problems[:6])))
        self.problems.setVisible(bool(problems))

    def _show_changes(self) -> None:
        for place, change in enumerate(self._correction.difference.changes[:MOST_SHOWN]):
            item = QListWidgetItem(icon(*_ICONS[change.kind]), _words(change))
            item.setData(Qt.ItemDataRole.UserRole, place)
            if change.kind is not Kind.REWORDED:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                wanted = change.kind is not Kind.REMOVED
                item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            self.changes.addItem(item)
        self.changes.setVisible(self.changes.count() > 0)
        self.changes.setCurrentRow(0)

    @property
    def chosen(self) -> list[int]:
        """Places of the changes that are ticked."""
        items = [self.changes.item(row) for row in range(self.changes.count())]
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable
            and item.checkState() == Qt.CheckState.Checked
        ]

    @Slot()
    def _on_ticked(self) -> None:
        count = len(self.chosen)
        if self.rename.isChecked():
            count += len(self._correction.difference.renamed)
        self.act.setText(trn("Reprendre {n} changement", "Reprendre {n} changements", count))
        may = self._desk.may_write("finance") and not self._correction.problems
        self.act.setEnabled(bool(count) and may)

    @Slot(int)
    def _on_current(self, row: int) -> None:
        if row >= 0:
            place = int(self.changes.item(row).data(Qt.ItemDataRole.UserRole))
            self.detail.setText(_both_sides(self._correction.difference.changes[place]))

    @Slot()
    def take(self) -> None:
        """Write what is ticked, as one step."""
        try:
            with self._desk.book.action(tr("FEC corrigé repris")) as session:
                report = self._take(session)
        except UserError as error:
            self.problems.setText(str(error))
            self.problems.show()
            return
        self.taken.emit(report)
        self.accept()

    def _take(self, session: Session) -> ImportReport:
        """Take in what is ticked.

        Raises:
            UserError: Some of it cannot be.
        """
        report = take_correction(
            session, self._correction, self.chosen, rename=self.rename.isChecked()
        )
        if report.problems:
            raise UserError("\n".join(map(str, report.problems[:6])))
        return report


def _read(desk: Desk, file: Path) -> Correction:
    try:
        with file.open("rb") as source:
            content = read_limited(source, LARGEST)
    except OSError as error:
        raise UserError(
            tr("« {file} » ne peut pas être lu : ce fichier est absent ou fermé.").format(
                file=file.name
            )
        ) from error
    with desk.book.read() as session:
        return read_correction(session, BytesIO(content))


def _sentence(correction: Correction) -> str:
    found = correction.difference
    counts = [
        trn("{n} ajoutée", "{n} ajoutées", found.count(Kind.ADDED)),
        trn("{n} corrigée", "{n} corrigées", found.count(Kind.CHANGED)),
        trn("{n} retirée", "{n} retirées", found.count(Kind.REMOVED)),
        trn("{n} identique", "{n} identiques", found.same),
    ]
    words = tr(
        "Du {first} au {last} : {counts}. Ce qui est validé ne s’efface pas : une écriture "
        "l’annule, une autre la remplace, en brouillon."
    ).format(
        first=short_day(correction.period.first),
        last=short_day(correction.period.last),
        counts=", ".join(counts),
    )
    if found.is_excerpt:
        words += " " + tr(
            "Ce fichier n’a qu’une petite partie de ces écritures : ce qui n’y est pas n’est pas "
            "tenu pour retiré."
        )
    return words


def _words(change: EntryChange) -> str:
    shown = change.shown
    words = tr("{what} · {day} · {number} · {label} · {amount}").format(
        what=tr(_TITLES[change.kind]),
        day=short_day(shown.day) if shown.day else "",
        number=f"{shown.first.journal} {shown.serial}".strip(),
        label=shown.first.label,
        amount=money(Money(shown.total)),
    )
    return "\n".join([words, *told(change)])


def _both_sides(change: EntryChange) -> str:
    parts: list[str] = []
    if change.ours is not None:
        parts.append(tr("Dans le livre : {lines}").format(lines=_lines(change.ours)))
    if change.theirs is not None:
        parts.append(tr("Dans le fichier : {lines}").format(lines=_lines(change.theirs)))
    return "\n".join(parts)


def _lines(entry: FlatEntry) -> str:
    told: Sequence[str] = [
        tr("{account} {side} {amount}").format(
            account=line.account,
            side=tr("débit") if line.net > 0 else tr("crédit"),
            amount=money(Money(abs(line.net))),
        )
        for line in entry.lines[:8]
    ]
    more = tr(" …") if len(entry.lines) > 8 else ""
    day = short_day(entry.day) if entry.day else ""
    return f"{day} · {entry.first.label} · " + " ; ".join(told) + more
