"""The checklist of a suspicion: one step a line, what to do and what was done."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from cantine_desktop.hygiene.outbreak.model import Callee, CrisisContact
from cantine_desktop.hygiene.outbreak.words import CALLEES, STEPS, Step
from cantine_desktop.i18n import mark, tr
from ui.hygiene.outbreak_forms import big_button
from ui.kit.notice import IconLabel
from ui.kit.theme import scaled, set_role

PRINT, HAND = "print", "hand"


class Done(NamedTuple):
    """What was done for a step, in words; empty as long as nothing was."""

    lines: tuple[str, ...] = ()


class StepRow(QFrame):
    """One step: its number, what to do, why, what was done, and the button that notes it.

    Signals:
        asked: The person wants to note it (``Step``).
    """

    asked = Signal(object)

    def __init__(self, rank: int, step: Step) -> None:
        super().__init__()
        set_role(self, "card")
        self.step = step
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8))
        grid.setHorizontalSpacing(scaled(12))
        grid.setVerticalSpacing(scaled(2))
        self.state = IconLabel("circle", "muted", 24)
        title = QLabel(f"{rank}. {tr(step.title)}")
        set_role(title, "h2")
        self.why = QLabel(tr(step.why))
        self.numbers = QLabel()
        set_role(self.numbers, "strong")
        self.said = QLabel()
        set_role(self.said, "muted")
        for label in (title, self.why, self.numbers, self.said):
            label.setWordWrap(True)
        self.button = big_button(tr(_BUTTONS.get(step.key, _CALL if step.calls else _DID)))
        self.button.setAccessibleName(f"{self.button.text()} : {tr(step.title)}")
        self.button.setMinimumWidth(scaled(190))
        self.button.clicked.connect(partial(self.asked.emit, step))
        grid.addWidget(self.state, 0, 0)
        grid.addWidget(title, 0, 1)
        grid.addWidget(self.why, 1, 1)
        grid.addWidget(self.numbers, 2, 1)
        grid.addWidget(self.said, 3, 1)
        grid.addWidget(self.button, 0, 2, 4, 1)
        grid.setColumnStretch(1, 1)

    def present(
        self, done: Done, contacts: dict[Callee, CrisisContact], *, may_write: bool
    ) -> None:
        """Show what was done, and the numbers to call."""
        is_done = bool(done.lines)
        self.state.show_icon("check-circle-fill" if is_done else "circle", _colour(is_done))
        self.state.setAccessibleName(tr("fait") if is_done else tr("à faire"))
        self.said.setText("\n".join(done.lines))
        self.said.setVisible(is_done)
        known = [_number(callee, contacts) for callee in self.step.calls if callee in contacts]
        self.numbers.setText("   ".join(filter(None, known)))
        self.numbers.setVisible(bool(self.step.calls))
        self.button.setEnabled(may_write or self.step.key == PRINT)


_CALL = mark("Noter l’appel…")
_DID = mark("C’est fait…")
_BUTTONS = {PRINT: mark("Imprimer les feuilles")}


class Checklist(QWidget):
    """Every step, in order.

    Signals:
        asked: A step is to be noted (``Step``).
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        self.rows: dict[str, StepRow] = {}
        for rank, step in enumerate(STEPS, 1):
            row = self.rows[step.key] = StepRow(rank, step)
            row.asked.connect(self.asked)
            column.addWidget(row)

    def present(
        self, done: dict[str, Done], contacts: dict[Callee, CrisisContact], *, may_write: bool
    ) -> None:
        """Show what was done of each step."""
        for key, row in self.rows.items():
            row.present(done.get(key, Done()), contacts, may_write=may_write)


def _number(callee: Callee, contacts: dict[Callee, CrisisContact]) -> str:
    phone = contacts[callee].phone
    who = tr(CALLEES[callee])
    if not phone:
        return tr("{who} : numéro à écrire en bas de cette page").format(who=who)
    return tr("{who} : {phone}").format(who=who, phone=phone)


def _colour(is_done: bool) -> str:  # noqa: FBT001  -- a question with one answer
    return "ok" if is_done else "muted"
