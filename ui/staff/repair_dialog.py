"""Ways to mend the roster after an absence: who changes, who may refuse, what each is told."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QPushButton, QRadioButton, QVBoxLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr, trn
from cantine_desktop.office.roster_services import roster_meals
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.law.wording import duration
from cantine_desktop.staff.proposing.repairing import (
    Repair,
    RepairChange,
    RepairFacts,
    mend,
    read_repair,
    write_repair,
)
from cantine_desktop.staff.proposing.words import change_words
from cantine_desktop.staff.rosters.model import Absence
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.jobs import Job, Report
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.progress import ProgressStrip
from ui.kit.theme import scaled
from ui.kit.way_list import WayList
from ui.staff.member_forms import perform

_Found = tuple[RepairFacts, list[Repair]]


class RepairDialog(Dialog):
    """Ways to mend, the best first; one of them is chosen and written.

    Attributes:
        ways: What was found, in the order shown; empty while it is searched.
        choices: A button for each.
        lines: What changes in the chosen one.
        copy: Puts the messages of the chosen one on the clipboard.
    """

    def __init__(self, desk: Desk, absence_id: int, parent: QWidget) -> None:
        super().__init__(parent.window(), tr("Remplacer une absence"))
        self._desk, self._absence = desk, absence_id
        self._facts: RepairFacts | None = None
        self.ways: list[Repair] = []
        self.notice = Notice()
        self.strip = ProgressStrip(desk.jobs)
        self.state = wrapped(tr("Recherche des remplacements possibles…"))
        self.choices = QButtonGroup(self)
        self._column = QVBoxLayout()
        self.figures = wrapped("", "small")
        self.lines = WayList(tr("Changements"))
        self.copy = QPushButton(tr("Copier les messages"))
        self.copy.clicked.connect(self.copy_messages)
        self.copy.setEnabled(False)
        self.choices.idToggled.connect(self._choose)
        for part in (self.state, self.notice, self.strip):
            self.body.addWidget(part)
        self.body.addLayout(self._column)
        self.body.addWidget(self.figures)
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.copy)
        self.act, _close = self.add_answers(tr("Écrire ce remplacement"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.write)
        self.act.setEnabled(False)
        self.resize(scaled(720), min(scaled(560), 690))
        self._job: Job = desk.jobs.start(
            tr("Remplacement d’une absence"), self._find, self._show, self._fail
        )
        self.finished.connect(self._stop)

    def _find(self, report: Report) -> _Found:
        report.step(10, tr("Équipe et besoins"))
        with self._desk.book.read() as session:
            absence = session.get_one(Absence, self._absence)
            span = Period(monday_of(absence.first), absence.end + 7 * DAY)
            slots = roster_meals(session, span)
            facts = read_repair(session, self._absence, slots, self._desk.book.clock())
        report.step(30, tr("Remplacements"))
        return facts, mend(facts)

    def _show(self, found: _Found) -> None:
        self._facts, self.ways = found
        count = trn("{n} façon de remplacer", "{n} façons de remplacer", len(self.ways))
        self.state.setText(tr("{count} {name}").format(count=count, name=self._facts.name))
        for place, made in enumerate(self.ways):
            button = QRadioButton(made.title)
            button.setAccessibleDescription(_words(made))
            self.choices.addButton(button, place)
            self._column.addWidget(button)
        self.choices.button(0).setChecked(True)
        self.choices.button(0).setFocus()
        self.act.setEnabled(self._desk.may_write("staff"))

    @Slot(int, bool)
    def _choose(self, place: int, checked: bool) -> None:  # noqa: FBT001  -- as Qt calls it
        if not checked:
            return
        made = self.ways[place]
        self.figures.setText(_words(made))
        self.lines.clear()
        for miss in made.misses:
            self.lines.add(("warning-octagon-fill", "bad"), miss, None)
        for change in made.changes:
            drawing = ("warning", "warn") if change.late else ("caret-right", "muted")
            self.lines.add(drawing, _change(change), None)
        self.copy.setEnabled(bool(made.messages))

    @property
    def chosen(self) -> Repair | None:
        """The way that is chosen."""
        place = self.choices.checkedId()
        return self.ways[place] if 0 <= place < len(self.ways) else None

    def _fail(self, error: BaseException) -> None:
        self.state.setText("")
        if not isinstance(error, UserError):
            raise error
        self.notice.tell("bad", str(error))

    @Slot()
    def copy_messages(self) -> None:
        """Put what each person is told on the clipboard, one after the other."""
        if self.chosen is None:
            return
        texts = [
            "\n".join([*filter(None, (x.name, x.phone, x.email)), "", x.text])
            for x in self.chosen.messages
        ]
        QGuiApplication.clipboard().setText("\n\n".join(texts))
        self.notice.tell("ok", tr("Messages copiés : collez-les dans un courriel ou un SMS."))

    @Slot()
    def write(self) -> None:
        """Write the chosen way in one step that can be undone."""
        if self.chosen is None or self._facts is None:
            return
        label = tr("Absence remplacée")
        why = perform(self._desk, label, partial(write_repair, made=self.chosen))
        if why:
            self.notice.tell("bad", why)
            return
        self.accept()
        self._desk.tell(f"{label}.", undo=True)

    @Slot()
    def _stop(self) -> None:
        self._job.stop()


def _words(made: Repair) -> str:
    others = _others(made)
    days = trn("{n} jour change", "{n} jours changent", len(others))
    people = trn("{n} personne", "{n} personnes", made.people)
    parts = [tr("{days} pour {people}").format(days=days, people=people)]
    if not others:
        parts = [tr("personne d’autre ne change")]
    if made.consents:
        parts.append(trn("{n} accord à demander", "{n} accords à demander", made.consents))
    if made.minutes:
        parts.append(_hours(made.minutes))
    if made.misses:
        parts.append(trn("{n} besoin sans personne", "{n} besoins sans personne", len(made.misses)))
    return ", ".join(parts)


def _hours(minutes: int) -> str:
    hours = duration(abs(minutes))
    if minutes > 0:
        return tr("{hours} en plus").format(hours=hours)
    return tr("{hours} en moins").format(hours=hours)


def _others(made: Repair) -> list[RepairChange]:
    return [x for x in made.changes if not x.is_absent]


def _change(change: RepairChange) -> str:
    words = change_words(change.day, change.before, change.after)
    named = tr("{name}, {change}").format(name=change.name, change=words)
    return f"{named} — {change.late}" if change.late else named
