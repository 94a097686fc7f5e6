"""This week as it stands beside the one that is proposed: hours, cost, coverage, fairness, law."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from cantine_desktop.i18n import day_and_month, tr
from cantine_desktop.staff.proposing.compare import (
    CompareRow,
    compare,
    figures_now,
    figures_of,
)
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.jobs import Report
from ui.kit.table import Column, LazyTable, Row
from ui.staff.asking_dialog import AskingDialog, find_proposal


class CompareDialog(AskingDialog):
    """Two weeks side by side; the better figure of a line says so.

    Attributes:
        table: A line for each thing compared.
    """

    def __init__(self, desk: Desk, monday: date, parent: QWidget) -> None:
        super().__init__(
            desk,
            parent,
            tr("Comparer, semaine du {day}").format(day=day_and_month(monday)),
        )
        self._week = Period.week(monday)
        self.rows: list[CompareRow] = []
        self.table: LazyTable[int] = LazyTable(
            tr("Les deux semaines"),
            [
                Column(tr("Ce qui est comparé"), 350),
                Column(tr("Semaine actuelle"), 150),
                Column(tr("Proposition"), 150),
            ],
            self._load,
            self._keys,
            empty=EmptyState(tr("Rien à comparer encore.")),
            parent=self,
        )
        self.body.addWidget(self.table, 1)
        act, close = self.add_answers(tr("Fermer"))
        close.hide()
        act.setFocus()
        self.ask(tr("Comparaison de deux semaines"), self._find, self._show)

    def _find(self, report: Report) -> tuple[str, list[CompareRow]]:
        found = find_proposal(self.desk, self._week, report)
        report.step(80, tr("Comparaison"))
        return found.quality, compare(figures_now(found.solved.facts), figures_of(found))

    def _show(self, found: tuple[str, list[CompareRow]]) -> None:
        quality, rows = found
        self.state.setText(tr("La proposition : {quality}").format(quality=quality))
        self.rows = rows
        self.table.refresh()

    def _keys(self, _column: str, _down: bool) -> list[int]:  # noqa: FBT001  -- as the table asks
        return list(range(len(self.rows)))

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [Row(_told(self.rows[key])) for key in keys]


def _told(row: CompareRow) -> tuple[str, str, str]:
    """Return a line; the better figure says so in words, for ears and for paper without colour."""
    values = [row.first, row.second]
    if row.better:
        place = max(row.better, 0)
        values[place] = tr("{words}, mieux").format(words=values[place])
    return row.what, values[0], values[1]
