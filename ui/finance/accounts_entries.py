"""Every entry, searched and filtered, beside the one that is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Journal
from cantine_desktop.finance.ledger.queries import (
    EntryFilter,
    EntryRow,
    EntryState,
    entry_ids,
    entry_rows,
)
from cantine_desktop.i18n import number, short_day, tr
from ui.desk import Desk
from ui.finance.accounts_entry import EntryPane
from ui.finance.fact_fields import choose, short_box
from ui.finance.year_box import YearBox
from ui.kit.empty import EmptyState
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled


class EntriesPage(QWidget):
    """The list of entries and the one of them that is current.

    Signals:
        account_wanted: The ledger of an account is wanted (its number).
    """

    account_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._filling = False
        self.year = YearBox(tr("Tous exercices"))
        self.journal = _box(tr("Journal"))
        self.state = _box(tr("Brouillons ou validées"))
        self.state.addItem(tr("Toutes"), None)
        self.state.addItem(tr("Brouillons"), EntryState.DRAFT)
        self.state.addItem(tr("Validées"), EntryState.VALIDATED)
        empty = EmptyState(
            tr("Aucune écriture ici. Chaque recette, facture ou paie notée en ajoute une.")
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Écritures"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez une écriture pour voir ses lignes."), self
        )
        self.list.search.setPlaceholderText(tr("Chercher : mot, pièce, tiers, montant"))
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for box in (self.year, self.journal, self.state):
            box.currentIndexChanged.connect(self._on_filter)
            row.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(10), 0, 0)
        column.setSpacing(scaled(8))
        column.addLayout(row)
        column.addWidget(self.list, 1)

    def refresh(self) -> None:
        """Read the entries again."""
        before = self.list.pane
        with self._desk.book.read() as session:
            self._fill(session)
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        if isinstance(before, EntryPane) and before is self.list.pane:
            before.refresh()  # another one was just read

    def show_entry(self, key: int) -> None:
        """Show an entry, whatever the filters hid."""
        if not self.table.go_to(key):
            self._filling = True
            for box in (self.year, self.journal, self.state):
                box.setCurrentIndex(0)
            self.list.search.clear()
            self._filling = False
            self.table.refresh()
            self.table.go_to(key)

    def _fill(self, session: Session) -> None:
        self._filling = True
        kept = self.journal.currentData()
        self.year.present(session)
        self.journal.clear()
        self.journal.addItem(tr("Tous journaux"), "")
        for journal in session.scalars(select(Journal).order_by(Journal.code)):
            self.journal.addItem(f"{journal.code} · {journal.title}", journal.code)
        choose(self.journal, kept)
        self._filling = False

    def _on_filter(self) -> None:
        if not self._filling:
            self.table.refresh()

    def _wanted(self) -> EntryFilter:
        return EntryFilter(
            self.year.period,
            self.journal.currentData() or "",
            self.state.currentData(),
            self.list.words,
        )

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's
        with self._desk.book.read() as session:
            # The latest day comes first until somebody sorts otherwise.
            is_down = not down if column == "day" else down
            return entry_ids(session, self._wanted(), order=column, down=is_down)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        with self._desk.book.read() as session:
            return [_texts(row) for row in entry_rows(session, keys)]

    def _detail(self, key: int) -> QWidget:
        pane = EntryPane(self._desk, key)
        pane.account_wanted.connect(self.account_wanted)
        return pane


def _box(name: str) -> QComboBox:
    box = short_box()
    box.setAccessibleName(name)
    return box


def _columns() -> list[Column]:
    return [
        Column(tr("Jour"), 95, key="day"),
        Column(tr("Libellé"), 160, key="label"),
        Column(tr("Montant (€)"), 100, "right", key="amount"),
        Column(tr("Numéro"), 90, key="number"),
        Column(tr("Pièce"), 90, key="piece"),
    ]


def _texts(row: EntryRow) -> Row:
    return Row(
        (
            short_day(row.day),
            row.label,
            number(row.amount.euros),
            tr("brouillon") if row.number is None else f"{row.journal} {row.number}",
            row.piece_ref,
        ),
        "muted" if row.is_reversed else "",
    )
