"""Why somebody comes on a day of the roster, or why not, post by post."""

from datetime import date

from PySide6.QtWidgets import QWidget

from cantine_desktop.i18n import day_and_month, tr
from cantine_desktop.staff.proposing.explaining import answers_about
from cantine_desktop.staff.proposing.words import reasons_in_words
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.jobs import Report
from ui.kit.way_list import WayList
from ui.staff.asking_dialog import AskingDialog, find_proposal


class WhyDialog(AskingDialog):
    """What the best lawful week does of a cell, and what another choice would cost or break.

    Attributes:
        lines: An answer each.
    """

    def __init__(self, desk: Desk, who: tuple[int, str], day: date, parent: QWidget) -> None:
        self._key, name = who
        self._day = day
        super().__init__(
            desk,
            parent,
            tr("{name}, {day} : pourquoi, ou pourquoi pas ?").format(
                name=name, day=day_and_month(day)
            ),
        )
        self.lines = WayList(tr("Réponses"))
        self.body.addWidget(self.lines, 1)
        act, close = self.add_answers(tr("Fermer"))
        close.hide()
        act.setFocus()
        self.ask(tr("Pourquoi, ou pourquoi pas"), self._find, self._show)

    def _find(self, report: Report) -> tuple[str, list[str]]:
        found = find_proposal(self.desk, Period.week(self._day), report)
        report.step(70, tr("Autres choix"))
        answers = answers_about(found.solved, self._key, self._day)
        own = next((x for x in found.people if x.key == self._key), None)
        if own is not None and own.parts:
            told = " ; ".join(reasons_in_words(own.parts))
            if told:
                answers.append(tr("Sa semaine, dans la proposition : {why}.").format(why=told))
        return found.quality, answers

    def _show(self, found: tuple[str, list[str]]) -> None:
        quality, answers = found
        self.state.setText(
            tr("Comparé à la meilleure semaine permise. {quality}").format(quality=quality)
        )
        for words in answers:
            self.lines.add(("info", "muted"), words, None)
