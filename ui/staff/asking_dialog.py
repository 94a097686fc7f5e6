"""A dialog that asks a question of the roster beside the window, and shows what was found."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.office.roster_services import roster_meals
from cantine_desktop.staff.choosing.model import Effort
from cantine_desktop.staff.proposing.facts import Facts, read_facts
from cantine_desktop.staff.proposing.proposing import Proposal, propose
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.jobs import Report
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.progress import ProgressStrip
from ui.kit.theme import scaled

SECONDS = 20.0
"""Of search at most, before the best week found so far is shown with its bound."""


class AskingDialog(Dialog):
    """A question asked beside the window; closing the dialog stops the search.

    Attributes:
        state: What is being done, then what was found, in a sentence.
        notice: Why nothing could be found.
    """

    def __init__(self, desk: Desk, parent: QWidget, title: str) -> None:
        super().__init__(parent.window(), title)
        self.desk = desk
        self.state = wrapped(tr("Recherche en cours…"))
        self.notice = Notice()
        self.strip = ProgressStrip(desk.jobs)
        for part in (self.state, self.notice, self.strip):
            self.body.addWidget(part)
        self.resize(scaled(720), min(scaled(560), 690))

    def ask(self, title: str, work: Callable[[Report], Any], show: Callable[[Any], object]) -> None:
        """Start the work; what it returns is shown on the thread of the window."""
        job = self.desk.jobs.start(title, work, show, self._fail)
        self.finished.connect(job.stop)
        self.desk.jobs.changed.connect(self._on_jobs)

    @Slot()
    def _on_jobs(self) -> None:
        if any(job.is_stopping for job in self.desk.jobs.running):
            self.state.setText(tr("Recherche arrêtée : rien n’a changé."))

    def _fail(self, error: BaseException) -> None:
        self.state.setText("")
        if not isinstance(error, UserError):
            raise error
        self.notice.tell("bad", str(error))


def read_week_facts(desk: Desk, week: Period) -> Facts:
    """Read what a proposal of a week needs to know; runs beside the window."""
    with desk.book.read() as session:
        return read_facts(session, week.first, roster_meals(session, week))


def find_proposal(desk: Desk, week: Period, report: Report) -> Proposal:
    """Read a week and search for the best one; runs beside the window, and stops when asked to."""
    report.step(5, tr("Équipe et besoins"))
    facts = read_week_facts(desk, week)
    report.step(20, tr("Semaines permises par la loi"))

    def is_stopped() -> bool:
        report.step(40, tr("Meilleur planning permis"))  # raises once somebody stopped it
        return False

    return propose(facts, Effort(seconds=SECONDS, is_cancelled=is_stopped))
