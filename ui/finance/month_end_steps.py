"""The steps of a month’s end as cards: what is done, what is missing, and the way there."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.finance.month_end.closing import StepState
from cantine_desktop.finance.month_end.model import Step
from cantine_desktop.finance.month_end.steps import OPTIONAL
from cantine_desktop.i18n import mark, tr
from ui.kit.notice import IconLabel
from ui.kit.theme import scaled, set_role

ACTIONS = {
    Step.SERVICES: mark("Voir les services"),
    Step.CASH: mark("Ouvrir la caisse"),
    Step.BANK: mark("Pointer la banque"),
    Step.PIECES: mark("Joindre les pièces"),
    Step.HOURS: mark("Noter la paie…"),
    Step.STOCK: mark("Noter le stock…"),
    Step.SENTENCE: mark("Relire la phrase…"),
    Step.SENDING: mark("Dossier comptable…"),
}
CLOSE = mark("Clore le mois…")
_SHOWN = 2
_WIDE = 900
"""Width, in pixels at 100 %, from which two columns fit."""


class StepCard(QFrame):
    """One step: its number, what there is, what is missing, and its buttons.

    Signals:
        asked: The person wants to do it (``Step``).
        left: The person lets it go as it is, or takes that back (``Step``).
    """

    asked = Signal(object)
    left = Signal(object)

    def __init__(self, rank: int, step: Step) -> None:
        super().__init__()
        set_role(self, "card")
        self.step = step
        self._rank = rank
        self.state = IconLabel("circle", "muted", 24)
        self.title = QLabel()
        set_role(self.title, "h2")
        self.sentence = QLabel()
        self.missing = QLabel()
        set_role(self.missing, "muted")
        for label in (self.title, self.sentence, self.missing):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.act = QPushButton(tr(ACTIONS[step]))
        self.act.clicked.connect(partial(self.asked.emit, step))
        self.leave = QPushButton()
        self.leave.clicked.connect(partial(self.left.emit, step))
        self._lay_out()

    def present(
        self, state: StepState, *, is_closed: bool, may_write: bool, is_next: bool, ready: bool
    ) -> None:
        """Show how the step stands.

        Args:
            state: What was found of it.
            is_closed: The month is closed: nothing changes any more.
            may_write: The person may change the accounts.
            is_next: It is the first one that waits: its button is the filled one.
            ready: The month may be closed now.
        """
        done = state.found.is_done
        icon, colour, word = _looks(state)
        self.state.show_icon(icon, colour)
        self.state.setAccessibleName(word)
        self.title.setText(f"{self._rank}. {state.title} · {word}")
        self.sentence.setText(state.found.sentence)
        self.missing.setText(_told(state))
        self.missing.setVisible(bool(self.missing.text()))
        if self.step is Step.SENDING:
            self.act.setText(tr(CLOSE) if ready else tr(ACTIONS[Step.SENDING]))
        self.act.setAccessibleName(f"{state.title} : {self.act.text()}")
        editable = may_write and not is_closed
        self.act.setEnabled(editable or self.step not in _ON_PAGE)
        self.leave.setVisible(
            editable and not done and self.step not in OPTIONAL | {Step.SENDING, Step.SENTENCE}
        )
        self.leave.setText(tr("Ne plus laisser ainsi") if state.note else tr("Laisser ainsi…"))
        self.leave.setAccessibleName(f"{state.title} : {self.leave.text()}")
        set_role(self.act, "primary" if is_next and not is_closed else "")

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(scaled(6))
        buttons.addWidget(self.act)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10))
        grid.setHorizontalSpacing(scaled(12))
        grid.setVerticalSpacing(scaled(2))
        grid.addWidget(self.state, 0, 0, Qt.AlignmentFlag.AlignTop)
        for row, label in enumerate((self.title, self.sentence, self.missing)):
            grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(buttons, 0, 2, 4, 1)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(1, 1)


class Steps(QWidget):
    """The eight cards, in two columns where there is room.

    Signals:
        asked: A step is to be done (``Step``).
        left: A step goes as it is (``Step``).
    """

    asked = Signal(object)
    left = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(scaled(10))
        self._columns = 0
        self.cards = {step: StepCard(rank, step) for rank, step in enumerate(Step, 1)}
        for card in self.cards.values():
            card.asked.connect(self.asked)
            card.left.connect(self.left)
        self._arrange(2)
        cards = list(self.cards.values())
        for one, other in pairwise(cards):
            QWidget.setTabOrder(one.act, one.leave)
            QWidget.setTabOrder(one.leave, other.act)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if event.size().width() >= scaled(_WIDE) else 1)

    def _arrange(self, columns: int) -> None:
        """Put the cards in one column or two, down first."""
        if columns == self._columns:
            return
        self._columns = columns
        rows = len(self.cards) // columns
        for place, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, place % rows, place // rows)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def present(
        self, states: list[StepState], *, is_closed: bool, may_write: bool, ready: bool
    ) -> StepCard:
        """Show how every step stands; return the card of the first one that waits."""
        waiting = next((state.step for state in states if not state.is_settled), Step.SENDING)
        for state in states:
            self.cards[state.step].present(
                state,
                is_closed=is_closed,
                may_write=may_write,
                is_next=state.step is waiting,
                ready=ready,
            )
        return self.cards[waiting]


_ON_PAGE = frozenset({Step.HOURS, Step.STOCK, Step.SENTENCE})


def _looks(state: StepState) -> tuple[str, str, str]:
    """Return the drawing of a step, its colour, and how it stands in a word."""
    if state.found.is_done:
        return "check-circle-fill", "ok", tr("fait")
    if state.note:
        return "info-fill", "info", tr("laissé ainsi")
    if state.is_settled:
        return "info-fill", "info", tr("facultatif")
    return "warning-fill", "warn", tr("à faire")


def _told(state: StepState) -> str:
    """Return what is missing, shortened, or why the step goes as it is."""
    if state.note:
        return tr("Laissé ainsi : {reason}").format(reason=state.note)
    lines = list(state.found.missing[:_SHOWN])
    rest = len(state.found.missing) - len(lines)
    if rest > 0:
        lines.append(tr("… et {n} de plus").format(n=rest))
    return "\n".join(lines)
