"""A week proposed beside the window: how sure it is, what changes for whom, what is missing."""

from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QTabWidget, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import day_and_month, short_day, tr
from cantine_desktop.staff.proposing.explaining import conflicts_of, relaxations_of
from cantine_desktop.staff.proposing.proposing import Proposal
from cantine_desktop.staff.proposing.words import change_words, hours_words, reasons_in_words
from cantine_desktop.staff.proposing.writing import write_proposal
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.jobs import Job, Report
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.progress import ProgressStrip
from ui.kit.theme import scaled
from ui.kit.way_list import WayList
from ui.staff.asking_dialog import find_proposal
from ui.staff.member_forms import perform


class _Why(NamedTuple):
    """Why a week lacks something, and what could be given up."""

    conflicts: tuple[str, ...]
    relaxations: tuple[str, ...]


class ProposalDialog(Dialog):
    """A proposal for a week, that is written only when somebody takes it.

    Attributes:
        proposal: What was found; ``None`` while it is searched.
        quality: How sure it is.
        changes: A line for each person, then for each day that changes.
        missing: What is missing, why, and what could be given up.
        reasons: Why this choice, by person.
    """

    def __init__(self, desk: Desk, monday: date, parent: QWidget) -> None:
        super().__init__(
            parent.window(),
            tr("Proposition, semaine du {day}").format(day=day_and_month(monday)),
        )
        self._desk, self._monday = desk, monday
        self._jobs: list[Job] = []
        self.proposal: Proposal | None = None
        self.quality = wrapped(tr("Recherche du meilleur planning permis…"))
        self.notice = Notice()
        self.strip = ProgressStrip(desk.jobs)
        self.changes = WayList(tr("Changements"))
        self.missing = WayList(tr("Ce qui manque"))
        self.reasons = WayList(tr("Pourquoi ce choix"))
        self.tabs = QTabWidget()
        for each in (self.changes, self.missing, self.reasons):
            self.tabs.addTab(each, each.accessibleName())
        self.again = QPushButton(tr("Chercher encore"))
        self.again.clicked.connect(self.search)
        for part in (self.quality, self.notice, self.strip):
            self.body.addWidget(part)
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.again)
        self.act, _close = self.add_answers(tr("Reprendre ce planning"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.take)
        self.finished.connect(self._stop)
        desk.jobs.changed.connect(self._on_jobs)
        self.resize(scaled(720), min(scaled(560), 690))
        self.search()

    @Slot()
    def search(self) -> None:
        """Read the week and search beside the window."""
        self.act.setEnabled(False)
        self.again.hide()
        self.notice.clear()
        self.quality.setText(tr("Recherche du meilleur planning permis…"))
        job = self._desk.jobs.start(
            tr("Proposition de planning"), self._find, self._show, self._fail
        )
        self._jobs.append(job)

    def _find(self, report: Report) -> Proposal:
        return find_proposal(self._desk, Period.week(self._monday), report)

    def _show(self, found: Proposal) -> None:
        self.proposal = found
        self.quality.setText(found.quality)
        self._fill(found)
        self.act.setEnabled(self._desk.may_write("staff"))
        self.act.setFocus()
        if found.misses:
            self.notice.tell(
                "warn", tr("Il manque quelque chose d’indispensable : voyez « Ce qui manque ».")
            )
            self.tabs.setCurrentWidget(self.missing)
            job = self._desk.jobs.start(
                tr("Pourquoi cela manque"), partial(_explain, found), self._show_why, self._fail
            )
            self._jobs.append(job)

    def _fill(self, found: Proposal) -> None:
        for each in (self.changes, self.missing, self.reasons):
            each.clear()
        for person in found.people:
            hours = hours_words(person.minutes, person.contract)
            words = tr("{name} : {hours}").format(name=person.name, hours=hours)
            self.changes.add(("user", "muted"), words, None)
            for change in person.changes:
                line = change_words(change.day, change.before, change.after)
                self.changes.add(("caret-right", "muted"), line, None)
            told = reasons_in_words(person.parts) or [tr("rien à redire")]
            words = tr("{name} : {reasons}").format(name=person.name, reasons=" ; ".join(told))
            self.reasons.add(("info", "muted"), words, None)
        self._fill_missing(found)

    def _fill_missing(self, found: Proposal) -> None:
        for miss in found.misses:
            self.missing.add(("warning-octagon-fill", "bad"), miss, None)
        for cover in found.coverage.covers:
            if (cover.short or not cover.is_skilled) and not cover.missing:
                words = tr("{day}, {what} ({n} souhaités)").format(
                    day=short_day(cover.line.day), what=cover.sentence, n=cover.target
                )
                self.missing.add(("warning", "warn"), words, None)
        for gap in found.coverage.gaps:
            self.missing.add(("warning", "warn"), gap.sentence, None)
        for asked in found.offers:
            names = ", ".join(asked.names)
            words = tr("{what} : à proposer à {names}").format(what=asked.words, names=names)
            self.missing.add(("hand-heart", "muted"), words, None)
        people = {who.label: who.name for who in found.solved.facts.people}
        for alert in found.alerts:
            words = alert.sentence
            if alert.worker in people:
                words = tr("{name} : {why}").format(name=people[alert.worker], why=words)
            self.missing.add(("scales", "muted"), words, None)
        for remark in found.remarks:
            self.missing.add(("info", "muted"), remark, None)
        if not self.missing.count():
            self.missing.add(("check", "ok"), tr("Rien ne manque."), None)

    def _show_why(self, why: _Why) -> None:
        for words in why.conflicts:
            self.missing.add(("warning", "warn"), words, None)
        for words in why.relaxations:
            self.missing.add(("caret-right", "muted"), words, None)

    def _fail(self, error: BaseException) -> None:
        self.quality.setText("")
        self.again.show()
        if not isinstance(error, UserError):
            raise error
        self.notice.tell("bad", str(error))

    @Slot()
    def _on_jobs(self) -> None:
        """Offer to search again when the search was stopped."""
        if any(job.is_stopping for job in self._jobs) and self.proposal is None:
            self._jobs.clear()
            self.quality.setText(tr("Recherche arrêtée : rien n’a changé."))
            self.again.show()

    @Slot()
    def take(self) -> None:
        """Write the proposal in one step that can be undone."""
        if self.proposal is None:
            return
        label = tr("Planning proposé repris")
        why = perform(self._desk, label, partial(write_proposal, proposal=self.proposal))
        if why:
            self.notice.tell("bad", why)
            self.again.show()
            return
        self.accept()
        self._desk.tell(f"{label}.", undo=True)

    @Slot()
    def _stop(self) -> None:
        for job in self._jobs:
            job.stop()


def _explain(found: Proposal, report: Report) -> _Why:
    report.step(10)
    conflicts = conflicts_of(found.solved)
    report.step(50)
    given_up = relaxations_of(found.solved, conflicts)
    return _Why(tuple(x.words for x in conflicts), tuple(x.words for x in given_up))
