"""The last block of a closing: what is left, what is thrown away, what is given."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.cleaning import marking
from cantine_desktop.hygiene.cleaning.matrices import WASTE
from cantine_desktop.hygiene.cleaning.waste import MEALS, Share, WasteFrom, line_of
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot
from cantine_desktop.i18n import number, round_half_up, tr
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.meals.closing.model import STAGES, WasteStage
from cantine_desktop.meals.closing.queries import weighed_on
from cantine_desktop.meals.services.model import MealService
from ui.desk import Desk
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.theme import scaled
from ui.meals.closing_fields import Block, CountEdit, muted

HEAVIEST = Decimal(500)
"""Kilograms that are believed when typed."""
GRAMS = 1_000


class WasteBlock(Block):
    """Kilograms by stage, meals given out, leftovers in words.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Restes et déchets"))
        grid = QGridLayout()
        grid.setVerticalSpacing(scaled(2))
        grid.setColumnStretch(0, 1)
        self.stages: dict[WasteStage, NumberEdit] = {}
        for line, (stage, words) in enumerate(STAGES.items()):
            field = NumberEdit(tr(words), places=3, unit="kg", minimum=Decimal(0), maximum=HEAVIEST)
            field.setFixedWidth(scaled(96))
            field.committed.connect(self.changed)
            self.stages[stage] = field
            label = QLabel(tr(words))
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        self.given = CountEdit(tr("Repas donnés"), 60)
        self.given.textEdited.connect(self.changed)
        label = QLabel(tr("Repas donnés"))
        label.setBuddy(self.given)
        grid.addWidget(label, len(STAGES), 0)
        grid.addWidget(self.given, len(STAGES), 1)
        self.column.addLayout(grid)
        self.share = muted()
        self.leftovers = TextEdit(tr("Restes"), longest=200)
        self.leftovers.line.setPlaceholderText(tr("soupe, 2 L, au frais"))
        self.leftovers.committed.connect(self.changed)
        self.share.setWordWrap(False)
        self.head.addWidget(self.share)
        self.column.addStretch(1)

    def present(self, facts: ClosingFacts) -> None:
        """Show what a closing says of what is left."""
        for stage, field in self.stages.items():
            grams = facts.waste.get(stage)
            field.set_value(None if grams is None else Decimal(grams).scaleb(-3).normalize() + 0)
        self.given.set_value(facts.given)
        self.leftovers.set_value(facts.leftovers or None)

    def told(self) -> dict[str, Any]:
        """Return what is typed, as fields of ``ClosingFacts``."""
        waste = {
            stage: int(field.value * GRAMS)
            for stage, field in self.stages.items()
            if field.value is not None
        }
        return {
            "waste": waste,
            "given": self.given.value,
            "leftovers": self.leftovers.line.text(),
        }

    def say(self, facts: ClosingFacts) -> None:
        """Show what it makes for one diner."""
        grams = sum(facts.waste.values())
        self.share.setVisible(bool(facts.waste and facts.diners))
        if facts.waste and facts.diners:
            each = number(round_half_up(Decimal(grams) / facts.diners, 0))
            self.share.setText(tr("soit {grams} g par repas").format(grams=each))


def weigh(session: Session, desk: Desk, service: MealService) -> None:
    """Write what services of a day weighed into the hygiene sheet too, in the same action.

    A sheet that is signed already, or closed to the person, stays as it is.
    """
    if not desk.may_write("hygiene"):
        return
    grams, diners = weighed_on(session, service.day)
    if not grams:
        return
    entries = [
        Entry(
            Spot(line_of(WasteFrom(stage.value), Share.TOGETHER), service.day),
            value=Decimal(mass).scaleb(-3),
        )
        for stage, mass in grams.items()
    ]
    entries.append(Entry(Spot(MEALS, service.day), value=Decimal(diners)))
    marking.write(session, WASTE, entries, desk.book.clock())
