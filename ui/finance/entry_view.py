"""An entry as accountants write it: accounts, debits and credits; shown only when asked."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Account, Entry, Journal, Line, Party, Section
from cantine_desktop.i18n import number, short_day, tr
from cantine_desktop.values.money import Money
from ui.kit import icons
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role

_TALLEST = 8
"""Lines shown before the table scrolls."""


class ShownLine(NamedTuple):
    """A line of an entry, ready to show."""

    account: str
    label: str
    section: str
    debit: Money
    credit: Money


class ShownEntry(NamedTuple):
    """An entry, ready to show: where and when it is written, and its lines."""

    head: str
    lines: tuple[ShownLine, ...]


def shown(session: Session, entry: Entry) -> ShownEntry:
    """Return an entry as people read it."""
    journal = session.get_one(Journal, entry.journal_id)
    query = (
        select(Account.number, Account.title, Party.name, Line.label, Section.code, Line)
        .join(Account, Line.account_id == Account.id)
        .outerjoin(Party, Line.party_id == Party.id)
        .outerjoin(Section, Line.activity_id == Section.id)
        .where(Line.entry_id == entry.id)
        .order_by(Line.rank)
    )
    lines = [
        ShownLine(
            f"{account} {title}",
            " · ".join(word for word in (party, label) if word),
            section or "",
            line.debit,
            line.credit,
        )
        for account, title, party, label, section, line in session.execute(query)
    ]
    head = f"{journal.code} · {short_day(entry.day)} · {entry.piece_ref} · {entry.label}"
    return ShownEntry(head, tuple(lines))


class EntryTable(LazyTable[int]):
    """The lines of one or several entries."""

    def __init__(self) -> None:
        self._lines: list[Row] = []
        super().__init__(
            tr("Lignes de l’écriture"),
            [
                Column(tr("Compte"), 225),
                Column(tr("Débit (€)"), 80, "right"),
                Column(tr("Crédit (€)"), 80, "right"),
                Column(tr("Activité"), 70),
            ],
            self._load,
            self._find,
            empty=EmptyState(tr("Rien ne s’écrit : il n’y a aucun montant.")),
        )

    def present(self, entries: Sequence[ShownEntry]) -> None:
        """Show the lines of entries, one after the other."""
        self._lines = []
        for entry in entries:
            if len(entries) > 1:
                self._lines.append(Row((entry.head, "", "", ""), "muted"))
            self._lines += [_texts(line) for line in entry.lines]
        self.refresh()
        rows = min(max(len(self._lines), 3), _TALLEST)
        self.setMinimumHeight(scaled(32) * (rows + 1) + scaled(12))

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [self._lines[key] for key in keys]

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001
        return range(len(self._lines))


def _texts(line: ShownLine) -> Row:
    taken = number(line.debit.euros) if line.debit else ""
    given = number(line.credit.euros) if line.credit else ""
    account = f"{line.account} · {line.label}" if line.label else line.account
    return Row((account, taken, given, line.section))


class EntryPreview(QWidget):
    """« Voir l’écriture », folded: what would be written, read again each time it is opened.

    Args:
        read: Returns the entries that what is typed would make.

    Signals:
        resized: It was opened or folded, or shows other lines.
    """

    resized = Signal()

    def __init__(self, read: Callable[[], Sequence[ShownEntry]]) -> None:
        super().__init__()
        self._read = read
        self.fold = QToolButton()
        self.fold.setText(tr("Voir l’écriture"))
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setCheckable(True)
        set_role(self.fold, "fold")
        self.fold.toggled.connect(self._on_fold)
        self.head = QLabel()
        self.head.setWordWrap(True)
        set_role(self.head, "small")
        self.table = EntryTable()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(4))
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.head)
        layout.addWidget(self.table)
        self._on_fold(False)

    @Slot(bool)
    def _on_fold(self, is_open: bool) -> None:  # noqa: FBT001  -- Qt's signal
        self.fold.setIcon(icons.icon("caret-down" if is_open else "caret-right", "primary"))
        self.head.setVisible(is_open)
        self.table.setVisible(is_open)
        self.update_shown()

    def update_shown(self) -> None:
        """Read again what would be written, if it is shown."""
        if self.fold.isChecked():
            entries: Sequence[ShownEntry] = ()
            try:
                entries = self._read()
                said = entries[0].head if len(entries) == 1 else ""
            except UserError as error:
                said = str(error)
            self.head.setText(said)
            self.head.setVisible(bool(said))
            self.table.setVisible(bool(entries) or not said)
            self.table.present(entries)
        self.resized.emit()
