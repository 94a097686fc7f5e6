"""Blocks three and four of a closing: what came by each means, and the till that is counted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from cantine_desktop.finance.cash.denominations import DENOMINATIONS
from cantine_desktop.finance.cash.model import REASONS, Reason
from cantine_desktop.finance.postings.means import PURPOSES, TITLES, Means, Purpose
from cantine_desktop.i18n import money, tr
from cantine_desktop.meals.closing.balance import Figures
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.values.money import Money
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role
from ui.meals.closing_fields import Block, CountEdit, beside, muted
from ui.meals.closing_tally import short_money

ASIDE = (Purpose.MEMBERSHIPS, Purpose.GOODS, Purpose.GIFTS)
"""What people pay for besides their meal, at the counter."""
BY = (Means.CARD, Means.HELLOASSO, Means.CHEQUE, Means.TRANSFER, Means.MEAL_VOUCHER)
"""Means that are told; cash is the rest."""
ALWAYS = (Purpose.MEMBERSHIPS, Means.CARD, Means.HELLOASSO, Means.CHEQUE)
"""Lines that are always there; the others come when they are asked for, or told."""
LARGE = DENOMINATIONS[:2]
"""Notes that a till hardly sees: their fields come when they are asked for, or told."""


class MeansBlock(Block):
    """Memberships and other takings, then what came otherwise than in cash.

    Signals:
        changed: An amount was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Reçu par moyen"))
        self.purposes = {each: MoneyEdit(tr(PURPOSES[each])) for each in ASIDE}
        self.means = {each: MoneyEdit(_means_words(each)) for each in BY}
        self._rare: list[tuple[QWidget, MoneyEdit]] = []
        grid = self._grid_of([*self.purposes.items(), *self.means.items()])
        self.due = QLabel()
        set_role(self.due, "strong")
        self.due.setWordWrap(True)
        self.more = QPushButton(tr("Autre recette, autre moyen"))
        set_role(self.more, "link")
        self.more.clicked.connect(self._show_all)
        self.column.addLayout(grid)
        self.column.addWidget(self.more)
        self.column.addWidget(self.due)
        self.column.addStretch(1)
        self._kept: dict[Purpose, Money] = {}

    def present(self, facts: ClosingFacts) -> None:
        """Show what a closing says of means; purposes without a field stay as they are."""
        for purpose, field in self.purposes.items():
            field.set_value(facts.purposes.get(purpose))
        for means, field in self.means.items():
            field.set_value(facts.means.get(means))
        self._kept = {p: a for p, a in facts.purposes.items() if p not in self.purposes}
        for label, field in self._rare:
            label.setVisible(field.value is not None)
            field.setVisible(field.value is not None)
        self.more.setVisible(any(field.isHidden() for _label, field in self._rare))

    def _grid_of(self, fields: Sequence[tuple[Purpose | Means, MoneyEdit]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(scaled(2))
        grid.setColumnStretch(0, 1)
        for line, (kind, field) in enumerate(fields):
            field.setFixedWidth(scaled(110))
            field.committed.connect(self.changed)
            label = QLabel(field.name)
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
            if kind not in ALWAYS:
                self._rare.append((label, field))
        return grid

    @Slot()
    def _show_all(self) -> None:
        for label, field in self._rare:
            label.show()
            field.show()
        self.more.hide()
        self._rare[0][1].setFocus()

    def told(self) -> dict[str, Any]:
        """Return what is typed, as fields of ``ClosingFacts``."""
        return {
            "purposes": self._kept
            | {p: v for p, field in self.purposes.items() if (v := field.value)},
            "means": {m: v for m, field in self.means.items() if (v := field.value)},
        }

    def say(self, found: Figures) -> None:
        """Show what cash should be."""
        due = found.cash_due
        self.due.setText(
            tr("→ espèces dues {amount}").format(amount="…" if due is None else money(due))
        )


class TillBlock(Block):
    """Notes and coins, the float, the difference and its reason.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Caisse : compter"))
        self.coins = {
            value: CountEdit(tr("{value} : nombre").format(value=money(value)), 42)
            for value in DENOMINATIONS
        }
        coins = QWidget()
        flow = FlowLayout(scaled(6), coins)
        self._large: list[QWidget] = []
        for value, field in self.coins.items():
            field.textEdited.connect(self.changed)
            pair = beside(short_money(value), field)
            flow.addWidget(pair)
            if value in LARGE:
                self._large.append(pair)
        self.more = QPushButton(tr("Billets de 200 et 500 €"))
        set_role(self.more, "link")
        self.more.clicked.connect(self._show_large)
        line = self._line()
        self.sum, self.gap = muted(), QLabel()
        set_role(self.gap, "strong")
        self.gap.setWordWrap(True)
        self.reason = QComboBox()
        self.reason.setAccessibleName(tr("Raison de l’écart"))
        self.reason.addItem(tr("Raison de l’écart…"), None)
        for reason, title in REASONS.items():
            self.reason.addItem(tr(title), reason)
        self.reason.activated.connect(self.changed)
        self.note = TextEdit(tr("Raison, en quelques mots"), longest=200)
        self.note.line.setPlaceholderText(tr("en quelques mots"))
        self.note.committed.connect(self.changed)
        for widget in (coins, self.more, line, self.sum, self.gap, self.reason, self.note):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def _line(self) -> QWidget:
        self.float_amount = MoneyEdit(tr("Fond de caisse"))
        self.float_amount.setFixedWidth(scaled(92))
        self.checked_by = TextEdit(tr("Recompté par"), longest=12)
        self.checked_by.setFixedWidth(scaled(64))
        self.bag = TextEdit(tr("Sac n°"), longest=30)
        self.bag.setFixedWidth(scaled(70))
        line = QWidget()
        row = FlowLayout(scaled(8), line)
        fields: list[tuple[str, MoneyEdit | TextEdit]] = [
            (tr("Fond"), self.float_amount),
            (tr("Recompté par"), self.checked_by),
            (tr("Sac n°"), self.bag),
        ]
        for words, each in fields:
            each.committed.connect(self.changed)
            row.addWidget(beside(words, each))
        return line

    def present(self, facts: ClosingFacts) -> None:
        """Show what a closing says of the till."""
        for value, field in self.coins.items():
            field.set_value(facts.coins.get(value))
        self._open_large(is_open=any(facts.coins.get(value) for value in LARGE))
        self.float_amount.set_value(facts.float_amount)
        self.checked_by.set_value(facts.checked_by or None)
        self.bag.set_value(facts.bag or None)
        self.reason.setCurrentIndex(max(0, self.reason.findData(facts.cash_reason)))
        self.note.set_value(facts.cash_note or None)

    def told(self) -> dict[str, Any]:
        """Return what is typed, as fields of ``ClosingFacts``."""
        reason = self.reason.currentData()
        counted = {
            value: n for value, field in self.coins.items() if (n := field.value) is not None
        }
        return {
            "coins": counted,
            "float_amount": self.float_amount.value or Money(0),
            "checked_by": self.checked_by.line.text(),
            "bag": self.bag.line.text(),
            "cash_reason": Reason(reason) if reason else None,
            "cash_note": self.note.line.text(),
        }

    def say(self, facts: ClosingFacts, found: Figures) -> None:
        """Show the count, what it should be, and the difference."""
        beyond = found.gap is not None and abs(found.gap.cents) > facts.tolerated.cents
        for widget in (self.reason, self.note):
            widget.setVisible(beyond or facts.cash_reason is not None)
        if found.counted is None:
            self.sum.setText(tr("Pas encore comptée : elle peut rester ainsi."))
            self.gap.hide()
            return
        held = found.counted - facts.float_amount
        self.sum.setText(
            tr("compté {counted} − fond {float} = {held}").format(
                counted=money(found.counted), float=money(facts.float_amount), held=money(held)
            )
        )
        self.gap.setVisible(found.gap is not None)
        if found.gap is not None:
            self.gap.setText(_gap_words(found.gap, facts.tolerated))
            set_role(self.gap, "error" if beyond else "strong")

    @property
    def first(self) -> CountEdit:
        """The first number that is usually there: notes of 100."""
        return self.coins[DENOMINATIONS[len(LARGE)]]

    @Slot()
    def go_first(self) -> None:
        """Put the keyboard on the first number."""
        self.first.setFocus()

    @Slot()
    def _show_large(self) -> None:
        self._open_large(is_open=True)
        next(iter(self.coins.values())).setFocus()

    def _open_large(self, *, is_open: bool) -> None:
        for pair in self._large:
            pair.setVisible(is_open)
        self.more.setVisible(not is_open)


def _means_words(means: Means) -> str:
    return tr("Carte (ticket)") if means is Means.CARD else tr(TITLES[means])


def _gap_words(gap: Money, tolerated: Money) -> str:
    if not gap:
        return tr("✓ La caisse tombe juste.")
    signed = f"+{money(gap)}" if gap.cents > 0 else money(gap)
    if abs(gap.cents) <= tolerated.cents:
        return tr("✓ écart {gap}, toléré (≤ {tolerated})").format(
            gap=signed, tolerated=money(tolerated)
        )
    return tr("▲ écart {gap} : dites pourquoi").format(gap=signed)
