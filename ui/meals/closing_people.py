"""The first block of a closing: who came, and how newcomers heard of the canteen."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.meals.closing.model import HEARD, Heard
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled
from ui.meals.closing_fields import Block, CountEdit, beside, muted

SHORT = {
    Heard.FRIEND: mark("ami·e"),
    Heard.PASSING_BY: mark("passage"),
    Heard.PARTNER: mark("asso"),
    Heard.PRESS: mark("presse"),
    Heard.NETWORKS: mark("réseaux"),
    Heard.OTHER: mark("autre"),
}
"""How newcomers heard of the canteen, in a word beside its field."""


class PeopleBlock(Block):
    """Diners, cooks, newcomers, children, the team.

    Attributes:
        fields: By field of ``ClosingFacts``.

    Signals:
        changed: A number was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Convives"))
        names = {
            "diners": tr("À table"),
            "cooks": tr("Dont cuisine"),
            "newcomers": tr("Dont nouveaux"),
            "children": tr("Dont enfants"),
            "team": tr("Équipe, en plus"),
        }
        grid = QGridLayout()
        grid.setVerticalSpacing(scaled(2))
        grid.setColumnStretch(0, 1)
        self.fields: dict[str, CountEdit] = {}
        for line, (key, words) in enumerate(names.items()):
            field = CountEdit(words, 60)
            field.textEdited.connect(self._follow)
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
            self.fields[key] = field
        self.column.addLayout(grid)
        self.hint = muted()
        self.hint.hide()
        self.column.addWidget(self.hint)
        self._heard_box = QWidget()
        flow = FlowLayout(scaled(4), self._heard_box)
        self.heard = {heard: CountEdit(tr(words), 40) for heard, words in HEARD.items()}
        for heard, field in self.heard.items():
            field.textEdited.connect(self.changed)
            field.setToolTip(tr(HEARD[heard]))
            flow.addWidget(beside(tr(SHORT[heard]), field))
        self._heard_box.hide()
        self.column.addWidget(self._heard_box)
        self.column.addStretch(1)

    def present(self, facts: ClosingFacts) -> None:
        """Show what a closing says of people."""
        for key, field in self.fields.items():
            field.set_value(getattr(facts, key))
        for heard, field in self.heard.items():
            field.set_value(facts.heard.get(heard))
        self._heard_box.setVisible(bool(facts.newcomers))

    def told(self) -> dict[str, Any]:
        """Return what is typed, as fields of ``ClosingFacts``."""
        heard = {each: n for each, field in self.heard.items() if (n := field.value)}
        told: dict[str, Any] = {key: field.value for key, field in self.fields.items()}
        return told | {"heard": heard if told["newcomers"] else {}}

    def expect(self, reserved: int) -> None:
        """Say how many places were reserved, a help to who counts."""
        self.hint.setVisible(bool(reserved))
        text = trn("{n} place était réservée.", "{n} places étaient réservées.", reserved)
        self.hint.setText(text.format(n=reserved))

    @Slot()
    def _follow(self) -> None:
        self._heard_box.setVisible(bool(self.fields["newcomers"].value))
        self.changed.emit()
