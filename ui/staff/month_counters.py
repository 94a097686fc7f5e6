"""The counters of a month, a row a person."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cantine_desktop.i18n import month, tr, trn
from cantine_desktop.staff.hours.queries import CounterRow, counter_rows
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.jobs import Job
from ui.kit.labels import heading
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled

_LEAST = 150
"""Pixels at 100 %."""


class MonthCounters(QWidget):
    """Hours of the month, what is above the contract, nights, balances."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: dict[int, CounterRow] = {}
        self._job: Job | None = None
        self.title = heading("")
        self.table: LazyTable[int] = LazyTable(
            tr("Compteurs du mois"),
            _columns(),
            self._load,
            self._keys,
            empty=EmptyState(tr("Personne sous contrat ce mois.")),
            parent=self,
        )
        self.table.setMinimumHeight(scaled(_LEAST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addWidget(self.title)
        column.addWidget(self.table, 1)

    def count(self, desk: Desk, period: Period) -> None:
        """Count a month beside the window, then show it; what was asked before is given up."""
        self.stop()
        book = desk.book

        def read() -> list[CounterRow]:
            with book.read() as session:
                return counter_rows(session, period, book.clock())

        self._job = desk.jobs.run(read, partial(self._present, period), self._on_failed)

    def stop(self) -> None:
        """Give up what is being counted: nothing more is heard of it."""
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _present(self, period: Period, rows: list[CounterRow]) -> None:
        self._job = None
        self.title.setText(tr("Compteurs, {month}").format(month=month(period.first)))
        self.rows = {row.key: row for row in rows}
        self.table.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        raise error

    def _keys(self, _column: str, _down: bool) -> list[int]:  # noqa: FBT001  -- as the table asks
        return list(self.rows)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_row(self.rows[key]) for key in keys]


def _row(row: CounterRow) -> Row:
    waits = trn("{n} jour", "{n} jours", row.waiting) if row.waiting else ""
    texts = (row.name, waits, row.hours, row.over, row.night, row.sunday, row.holiday)
    return Row((*texts, row.recovery, row.leave), "bad" if row.waiting else "")


def _columns() -> list[Column]:
    return [
        Column(tr("Nom"), 104),
        Column(tr("À confirmer"), 88),
        Column(tr("Heures"), 78, "right"),
        Column(tr("Au-delà"), 66, "right"),
        Column(tr("Nuit"), 62, "right"),
        Column(tr("Dim."), 52, "right"),
        Column(tr("Férié"), 60, "right"),
        Column(tr("Récup."), 60, "right"),
        Column(tr("Congés"), 56, "right"),
    ]
