"""The counters of a month, a row a person."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.i18n import month, tr, trn
from cantine_desktop.staff.hours.queries import CounterRow, counter_rows
from cantine_desktop.values.period import Period
from ui.kit.empty import EmptyState
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

    def show_month(self, session: Session, period: Period, now: datetime) -> None:
        """Show the counters of a month."""
        self.title.setText(tr("Compteurs de {month}").format(month=month(period.first)))
        self.rows = {row.key: row for row in counter_rows(session, period, now)}
        self.table.refresh()

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
        Column(tr("Heures"), 66, "right"),
        Column(tr("Au-delà"), 66, "right"),
        Column(tr("Nuit"), 60, "right"),
        Column(tr("Dim."), 60, "right"),
        Column(tr("Férié"), 66, "right"),
        Column(tr("Récup."), 62, "right"),
        Column(tr("Congés"), 56, "right"),
    ]
