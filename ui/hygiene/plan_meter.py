"""May this kitchen use a lighter plan? Its weeks, and what the instruction permits."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from cantine_desktop.hygiene.plan.flexibility import (
    PERMITS,
    REVOCABLE,
    Test,
    Week,
    rule_words,
    state_words,
    verdict_words,
    warning_words,
)
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.i18n import short_day, tr
from ui.hygiene.plan_dialogs import fit, scrolled_page
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit
from ui.kit.notice import Kind, chip
from ui.kit.theme import scaled, set_role

Note = Callable[[Week], bool]
"""Note a week; tells whether it was accepted."""

SHOWN = 8
"""Weeks offered to be filled in."""


class MeterDialog(Dialog):
    """The tests of the instruction, and the activity of the last weeks to fill in.

    Args:
        parent: The window.
        regime: In force.
        find: Returns the tests and the weeks as they are now.
        note: Notes a week.
    """

    def __init__(
        self,
        parent: QWidget,
        regime: Regime,
        find: Callable[[], tuple[list[Test], list[Week]]],
        note: Note,
    ) -> None:
        super().__init__(parent, tr("Un plan allégé ?"), warning_words(regime))
        self._find, self._note = find, note
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, scaled(8), 0)
        self._column.setSpacing(scaled(10))
        self._tests = QVBoxLayout()
        self._column.addLayout(self._tests)
        self._say(tr("Ce que permet l’instruction, si le test est tenu :"), "small")
        permits = "\n".join(f"– {tr(each)}" for each in PERMITS)
        self._say(f"{permits}\n{tr(REVOCABLE)}", "")
        tests, weeks = find()
        self._show_tests(tests)
        self._add_weeks(weeks[:SHOWN])
        self.body.addWidget(scrolled_page(inside), 1)
        self.add_answers(tr("Fermer"))[1].hide()
        fit(self, 620, 600)

    def _say(self, text: str, role: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        if role:
            set_role(label, role)
        self._column.addWidget(label)

    def _show_tests(self, tests: list[Test]) -> None:
        while (item := self._tests.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for test in tests:
            self._tests.addWidget(_meter(test))

    def _add_weeks(self, weeks: list[Week]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(12))
        for place, title in enumerate((
            tr("Semaine du"),
            tr("Repas"),
            tr("Personnes au contact des denrées, au plus"),
        )):
            label = QLabel(title)
            set_role(label, "small")
            grid.addWidget(label, 0, place)
        for rank, week in enumerate(weeks, 1):
            day = short_day(week.monday)
            grid.addWidget(QLabel(day), rank, 0)
            meals = _whole(tr("Repas, semaine du {day}").format(day=day), week.meals)
            handlers = _whole(tr("Personnes, semaine du {day}").format(day=day), week.handlers)
            grid.addWidget(meals, rank, 1)
            grid.addWidget(handlers, rank, 2)
            keep = partial(self._keep, week, meals, handlers)
            meals.committed.connect(keep)
            handlers.committed.connect(keep)
        self._column.addLayout(grid)

    def _keep(self, week: Week, meals: NumberEdit, handlers: NumberEdit, _value: object) -> None:
        noted = Week(week.monday, _int(meals.value), _int(handlers.value))
        if self._note(noted):
            self._show_tests(self._find()[0])


def _int(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def _whole(name: str, value: int | None) -> NumberEdit:
    edit = NumberEdit(name, places=0, minimum=Decimal(0), maximum=Decimal(50_000))
    edit.set_value(None if value is None else Decimal(value))
    return edit


def _meter(test: Test) -> QWidget:
    """Return a test in words, with a bar that says how near the limit is."""
    frame = QFrame()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(scaled(4))
    title = QLabel(rule_words(test))
    title.setWordWrap(True)
    column.addWidget(title)
    bar = QProgressBar()
    bar.setAccessibleName(rule_words(test))
    bar.setRange(0, test.most)
    bar.setValue(min(test.highest or 0, test.most))
    bar.setTextVisible(False)
    bar.setFixedHeight(scaled(8))
    column.addWidget(bar)
    kind: Kind = "info" if test.is_met is None else "ok" if test.is_met else "warn"
    column.addWidget(chip(verdict_words(test), kind))
    state = QLabel(state_words(test))
    state.setWordWrap(True)
    set_role(state, "small")
    column.addWidget(state)
    return frame
