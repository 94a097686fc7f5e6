"""The second block of a closing: contributions, the way this canteen notes them (U19)."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from cantine_desktop.i18n import money, number, tr, trn
from cantine_desktop.meals.closing.balance import Figures
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.meals.closing.policy import Policy
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP
from ui.kit.amounts import AmountsEdit
from ui.kit.fields import MoneyEdit
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role
from ui.meals.closing_fields import Block, CountEdit, beside, muted
from ui.meals.closing_names import NamesEdit
from ui.meals.closing_sponsors import SponsorLines


class ContributionsBlock(Block):
    """A total, a tally by amount, or a list with names; sponsored and offered meals apart.

    Attributes:
        mode: How they are noted.
        tally: A field for each amount of the canteen.
        other: Amounts that have no field.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Contributions"))
        self._mode_label = QLabel(tr("Montants"))
        self.mode = QComboBox()
        self.mode.setMinimumWidth(scaled(190))
        self.mode.setAccessibleName(tr("Façon de noter les contributions"))
        self._mode_label.setBuddy(self.mode)
        self.head.addWidget(self._mode_label)
        self.head.addWidget(self.mode)
        self.tally: dict[Money, CountEdit] = {}
        self.other = AmountsEdit(tr("Autres montants"))
        self.other.line.setPlaceholderText("7 + 3,5")
        self.other.setFixedWidth(scaled(124))
        self.total = MoneyEdit(tr("Total des contributions"))
        self.total.setFixedWidth(scaled(130))
        self.names = NamesEdit()
        self.sponsors = SponsorLines()
        self.sum = QLabel()
        set_role(self.sum, "strong")
        self.sum.setWordWrap(True)
        self._tally_box = QWidget()
        self._flow = FlowLayout(scaled(6), self._tally_box)
        self._last = beside(tr("autre"), self.other)
        self._flow.addWidget(self._last)
        self._pages = {
            ContributionMode.TOTAL: self._total_page(),
            ContributionMode.TALLY: self._tally_box,
            ContributionMode.NAMED: self.names,
        }
        for widget in (*self._pages.values(), self.sponsors, self.sum):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.mode.activated.connect(self._switch)
        for signal in (self.other.committed, self.total.committed):
            signal.connect(self.changed)
        self.names.changed.connect(self.changed)
        self.sponsors.changed.connect(self.changed)

    def present(self, facts: ClosingFacts, policy: Policy) -> None:
        """Show what a closing says of contributions."""
        self._offer_modes(facts.mode, names=policy.names_allowed)
        self._make_fields(policy)
        for amount, field in self.tally.items():
            field.set_value(facts.tally.get(amount))
        rest = [
            amount
            for amount, n in sorted(facts.tally.items())
            if amount not in self.tally
            for _one in range(n)
        ]
        self.other.set_value(tuple(rest) or None)
        self.total.set_value(facts.total)
        self.names.present(facts.names)
        self.sponsors.present(facts.sponsored, facts.offered)
        self._show_page()

    def told(self) -> dict[str, Any]:
        """Return what is typed, as fields of ``ClosingFacts``."""
        mode = ContributionMode(self.mode.currentData())
        told: dict[str, Any] = {
            "mode": mode,
            "sponsored": self.sponsors.told,
            "offered": self.sponsors.offered.value,
        }
        if mode is ContributionMode.TOTAL:
            return told | {"total": self.total.value}
        if mode is ContributionMode.NAMED:
            return told | {"names": self.names.names}
        counts = {amount: n for amount, field in self.tally.items() if (n := field.value)}
        for amount in self.other.value or ():
            counts[amount] = counts.get(amount, 0) + 1
        return told | {"tally": counts}

    def say(self, found: Figures) -> None:
        """Show what contributions add up to."""
        self.sum.setText(_sum_words(found))

    def first_field(self, facts: Mapping[str, object]) -> QWidget:
        """Return where the keyboard begins to note contributions."""
        mode = facts["mode"]
        if mode is ContributionMode.TOTAL:
            return self.total.line
        if mode is ContributionMode.NAMED:
            return self.names.line
        return next(iter(self.tally.values()), self.other.line)

    def stops(self) -> list[QWidget]:
        """Return where Tab stops, in the order of the paper."""
        names: list[QWidget] = [self.names.line, self.names.list]
        lines = [*self.tally.values(), self.other.line]
        return [self.mode, self.total.line, *lines, *names, *self.sponsors.stops()]

    def _offer_modes(self, mode: ContributionMode, *, names: bool) -> None:
        self.mode.clear()
        self.mode.addItem(tr("total"), ContributionMode.TOTAL)
        self.mode.addItem(tr("pointage"), ContributionMode.TALLY)
        if names or mode is ContributionMode.NAMED:
            self.mode.addItem(tr("liste avec les noms"), ContributionMode.NAMED)
        self.mode.setCurrentIndex(max(0, self.mode.findData(mode)))

    def _make_fields(self, policy: Policy) -> None:
        if tuple(self.tally) == policy.amounts:
            return
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._last:
                widget.hide()
                widget.deleteLater()
        self.tally = {}
        for amount in policy.amounts:
            words = short_money(amount)
            field = CountEdit(tr("Contributions de {amount}").format(amount=words), 40)
            field.textEdited.connect(self.changed)
            self._flow.addWidget(beside(words, field))
            self.tally[amount] = field
        self._flow.addWidget(self._last)
        # Made after the rest, they would stand last of all: Tab would come back into the sheet
        # from the box above it, and never reach the header.
        chain = [self.mode, *self.tally.values(), self.other.line]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    @Slot()
    def _switch(self) -> None:
        self._show_page()
        self.changed.emit()

    def _show_page(self) -> None:
        chosen = ContributionMode(self.mode.currentData())
        for mode, page in self._pages.items():
            page.setVisible(mode is chosen)

    def _total_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        flow = FlowLayout(scaled(10))
        flow.addWidget(beside(tr("Total des contributions"), self.total))
        column.addLayout(flow)
        column.addWidget(
            muted(tr("Laissé vide, c’est ce que disent la caisse comptée et les autres moyens."))
        )
        return page


def short_money(amount: Money) -> str:
    """Write an amount without cents when it has none: ``5 €``, ``12,50 €``."""
    if amount.cents % 100:
        return money(amount)
    return f"{number(amount.euros.to_integral_value())}{NBSP}€"


def _sum_words(found: Figures) -> str:
    if found.total is None or found.contributions is None:
        return tr("Le total n’est pas encore connu.")
    words = [
        trn("{n} contribution", "{n} contributions", found.contributions).format(
            n=found.contributions
        ),
        money(found.total),
    ]
    if found.mean is not None:
        words.append(tr("moyenne {amount}").format(amount=money(found.mean)))
    if found.median is not None:
        words.append(tr("médiane {amount}").format(amount=money(found.median)))
    return " · ".join(words)
