"""This week as it stands beside the one that is proposed: hours, cost, coverage, fairness, law."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from cantine_desktop.i18n import day_and_month, tr
from cantine_desktop.staff.proposing.compare import (
    CompareRow,
    compare,
    figures_now,
    figures_of,
)
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.icons import icon
from ui.kit.jobs import Report
from ui.staff.proposal_job import AskingDialog, find_proposal


class CompareDialog(AskingDialog):
    """Two weeks side by side; the better figure of a line has a tick.

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
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(tr("Les deux semaines"))
        self.table.setHorizontalHeaderLabels(["", tr("Semaine actuelle"), tr("Proposition")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
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
        self.state.setText(tr("La proposition : {quality}").format(quality=quality))
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, words in enumerate((row.what, row.first, row.second)):
                item = QTableWidgetItem(words)
                if (column, row.better) in {(1, -1), (2, 1)}:
                    item.setIcon(icon("check", "ok"))
                    said = tr("{words}, mieux").format(words=words)
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                self.table.setItem(place, column, item)
        self.table.resizeRowsToContents()
