"""The whole sheet of a closing: its blocks in the order of the paper."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing.balance import Figures
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.meals.closing.policy import Policy
from ui.kit.fields import TextEdit
from ui.kit.theme import scaled
from ui.meals.closing_people import PeopleBlock
from ui.meals.closing_tally import ContributionsBlock
from ui.meals.closing_till import MeansBlock, TillBlock
from ui.meals.closing_waste import WasteBlock

WIDE = 940
"""Pixels, before scaling, that people and money beside each other ask for."""
HALF = 640
"""The same of means and the till."""


class ClosingSheet(QWidget):
    """Blocks of the paper, filled and read together.

    Attributes:
        following: Where Tab goes on after the last field of the sheet.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.following: tuple[QWidget, ...] = ()
        self.people, self.money = PeopleBlock(), ContributionsBlock()
        self.means, self.till = MeansBlock(), TillBlock()
        self.waste = WasteBlock()
        self.word = TextEdit(tr("Mot du jour"), longest=300)
        self.word.line.setPlaceholderText(tr("Premier repas de Khadija !"))
        self.word.committed.connect(self.changed)
        for block in (self.people, self.money, self.means, self.till, self.waste):
            block.changed.connect(self.changed)
        self._lay_out()

    def present(self, facts: ClosingFacts, policy: Policy) -> None:
        """Show what a closing says."""
        self.people.present(facts)
        self.money.present(facts, policy)
        self.means.present(facts)
        self.till.present(facts)
        self.waste.present(facts)
        self.word.set_value(facts.word or None)

    def told(self) -> dict[str, Any]:
        """Return what is typed, as fields of ``ClosingFacts``."""
        return {
            **self.people.told(),
            **self.money.told(),
            **self.means.told(),
            **self.till.told(),
            **self.waste.told(),
            "word": self.word.line.text(),
        }

    def say(self, facts: ClosingFacts, found: Figures) -> None:
        """Show what it adds up to, block after block."""
        self.money.say(found)
        self.means.say(found)
        self.till.say(facts, found)
        self.waste.say(facts)

    def field_of(self, where: str) -> QWidget:
        """Return the field to look at first for a fault of ``balance.figures``."""
        if where in self.people.fields:
            return self.people.fields[where]
        places: dict[str, QWidget] = {
            "tally": self.money.first_field(self.told()),
            "total": self.money.total.line,
            "sponsored": self.money.sponsors.lines[0].payer.line,
            "offered": self.money.sponsors.offered,
            "given": self.waste.given,
            "means": self.means.means[next(iter(self.means.means))].line,
            "coins": self.till.first,
            "cash_reason": self.till.reason,
        }
        found = places.get(where)
        return found if found is not None else self.people.fields["diners"]

    def lock(self, *, locked: bool) -> None:
        """Let the sheet be read only, or typed in."""
        for block in (
            self.people,
            self.money,
            self.means,
            self.till,
            self.waste,
            self.waste.leftovers,
            self.word,
        ):
            block.setEnabled(not locked)

    @override
    def minimumSizeHint(self) -> QSize:
        """Let it be as narrow as its widest block: blocks then stand below one another."""
        hint = super().minimumSizeHint()
        blocks = (self.people, self.money, self.means, self.till, self.waste)
        return QSize(max(each.minimumSizeHint().width() for each in blocks), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = QBoxLayout.Direction.LeftToRight
        below = QBoxLayout.Direction.TopToBottom
        width = event.size().width()
        self._columns.setDirection(beside if width >= scaled(WIDE) else below)
        self._below.setDirection(beside if width >= scaled(HALF) else below)

    def _lay_out(self) -> None:
        left, right, below = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self.people)
        left.addWidget(self.waste, 1)
        below.addWidget(self.means, 5)
        below.addWidget(self.till, 9)
        right.addWidget(self.money)
        right.addLayout(below, 1)
        words = QHBoxLayout()
        for field in (self.waste.leftovers, self.word):
            label = QLabel(field.name)
            label.setBuddy(field)
            words.addWidget(label)
            words.addWidget(field, 1)
        right.addLayout(words)
        columns = QHBoxLayout()
        self._columns, self._below = columns, below
        columns.addLayout(left, 3)
        columns.addLayout(right, 7)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        for each in (left, right, below, words, columns, whole):
            each.setSpacing(scaled(8))
        whole.addLayout(columns)

    def _stops(self) -> list[QWidget]:
        """Return where Tab stops, in the order of the paper."""
        fields = [*_fields(self.people), *self.money.stops(), *_fields(self.means)]
        fields += [*_fields(self.till), *_fields(self.waste)]
        fields += [self.waste.leftovers.line, self.word.line, *self.following]
        return [each for each in fields if each.isVisible() and each.isEnabled()]

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Go to the next number of the paper; Qt’s own chain holds no such order here."""
        stops, now = self._stops(), QApplication.focusWidget()
        place = stops.index(now) + (1 if next else -1) if now in stops else -1
        if not 0 <= place < len(stops):
            return super().focusNextPrevChild(next)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[place].setFocus(reason)
        return True


def _fields(block: QWidget) -> list[QWidget]:
    kinds = QLineEdit | QComboBox | QPushButton
    return [each for each in block.findChildren(QWidget) if isinstance(each, kinds)]
