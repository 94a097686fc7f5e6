"""Events as a list, all of them, and the papers of one."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cantine_desktop.i18n import money, number, short_day, tr, trn
from cantine_desktop.meals.events.board import EventRow, PaperRow
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.model import KINDS, PAPERS, STATES
from cantine_desktop.values.money import Money
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row


def _whole(amount: Money) -> str:
    return number(amount.euros, 0) if amount else ""


_SORTS: dict[str, Callable[[EventRow], tuple[Any, ...]]] = {
    "day": lambda row: (row.day, row.key),
    "title": lambda row: (row.title.casefold(), row.key),
    "customer": lambda row: (row.customer.casefold(), row.key),
    "state": lambda row: (list(STATES).index(row.state), row.day, row.key),
    "total": lambda row: (row.total, row.key),
    "left": lambda row: (row.left, row.key),
}


class EventList(QWidget):
    """Every event, past ones and those that came to nothing too.

    Signals:
        chosen: Another event is current: its key, or ``None``.
        opened: An event was opened.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, EventRow] = {}
        self.table: LazyTable[int] = LazyTable(
            tr("Ateliers et privatisations"), _columns(), self._load, self._keys, parent=self
        )
        self.table.current_changed.connect(self.chosen)
        self.table.activated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    @property
    def current(self) -> int | None:
        """Key of the current event."""
        return self.table.current_key

    def show_events(self, rows: Sequence[EventRow]) -> None:
        """Show other events."""
        self._rows = {row.key: row for row in rows}
        self.table.refresh()
        if self.current is None and rows:
            self.go_to(rows[0].key)

    def go_to(self, key: int | None) -> None:
        """Make an event current."""
        if key is not None:
            self.table.go_to(key)

    def _open(self, _key: object) -> None:
        self.opened.emit()

    def _keys(self, column: str, down: bool) -> list[int]:  # noqa: FBT001  -- the table's call
        rows = sorted(self._rows.values(), key=_SORTS.get(column, _SORTS["day"]), reverse=down)
        return [row.key for row in rows]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_event_row(self._rows[key]) for key in keys]


def _columns() -> list[Column]:
    return [
        Column(tr("Jour"), 108, key="day"),
        Column(tr("Objet"), 180, key="title"),
        Column(tr("Client"), 160, key="customer"),
        Column(tr("État"), 108, key="state"),
        Column(tr("Suite"), 250),
        Column(tr("Montant (€)"), 100, "right", "total"),
        Column(tr("Reste dû (€)"), 104, "right", "left"),
        Column(tr("Marge (€)"), 92, "right"),
        Column(tr("Nature"), 110),
        Column(tr("Pers."), 60, "right"),
    ]


def _event_row(row: EventRow) -> Row:
    tone = "bad" if row.is_urgent else "muted" if row.state in OVER else ""
    texts = (
        short_day(row.day),
        row.title,
        row.customer,
        tr(STATES[row.state]),
        f"▲ {row.next_step}" if row.is_urgent else row.next_step,
        _whole(row.total),
        _whole(row.left),
        _whole(row.margin.left) if row.total else "",
        tr(KINDS[row.kind]),
        str(row.people),
    )
    return Row(texts, tone)


class PaperList(QWidget):
    """The papers of an event, where the payment of each stands.

    Signals:
        opened: A paper was opened: its key.
    """

    opened = Signal(object)

    def __init__(self, words: Callable[[PaperRow], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._papers: dict[int, PaperRow] = {}
        self.table: LazyTable[int] = LazyTable(
            tr("Papiers"),
            [
                Column(tr("Papier"), 150),
                Column(tr("Numéro"), 100),
                Column(tr("Date"), 108),
                Column(tr("Total"), 100, "right"),
                Column(tr("À payer"), 100, "right"),
                Column(tr("Où il en est"), 300),
            ],
            self._load,
            self._keys,
            empty=EmptyState(tr("Aucun papier émis.")),
            parent=self,
        )
        self.table.activated.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    @property
    def current(self) -> PaperRow | None:
        """The current paper."""
        key = self.table.current_key
        return self._papers.get(key) if key is not None else None

    def show_papers(self, papers: Sequence[PaperRow]) -> None:
        """Show the papers of another event, the last one current."""
        self._papers = {paper.key: paper for paper in papers}
        self.table.refresh()
        if papers:
            self.table.go_to(papers[-1].key)

    def _keys(self, _column: str, _down: bool) -> list[int]:  # noqa: FBT001  -- the table's call
        return list(self._papers)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [self._row(self._papers[key]) for key in keys]

    def _row(self, paper: PaperRow) -> Row:
        told = trn("{n} relance", "{n} relances", paper.reminders) if paper.reminders else ""
        return Row(
            (
                tr(PAPERS[paper.kind]),
                paper.number,
                short_day(paper.day),
                money(paper.total),
                money(paper.due) if paper.payment is not None else "",
                " · ".join(filter(None, (self._words(paper), told))),
            ),
            "muted" if paper.is_taken_back else "bad" if paper.remind is not None else "",
        )
