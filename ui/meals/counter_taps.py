"""Large buttons of the counter: who arrives, who gave."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.i18n import tr, trn
from cantine_desktop.meals.closing.arrivals import Arrived, Who
from cantine_desktop.values.money import Money
from ui.kit.fields import MoneyEdit
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role
from ui.meals.closing_tally import short_money


class People(QWidget):
    """Four kinds of people: a large button adds one, a small one takes one back.

    Signals:
        tapped: A kind (``Who``) and how many: 1 or -1.
    """

    tapped = Signal(object, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.adds: dict[Who, QPushButton] = {}
        self.takes: dict[Who, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(scaled(12))
        self._words = {
            Who.EATER: tr("Convive"),
            Who.COOK: tr("En cuisine"),
            Who.NEWCOMER: tr("nouveau"),
            Who.CHILD: tr("enfant"),
        }
        for place, who in enumerate(Who):
            grid.addWidget(self._pair(who), place // 2, place % 2)

    def show_counts(self, counts: dict[Who, int]) -> None:
        """Show how many arrived of each kind."""
        for who, button in self.adds.items():
            words, n = self._words[who], counts[who]
            button.setText(f"+ {words}\n{n}")
            button.setAccessibleName(tr("{who}, plus un : {n} noté").format(who=words, n=n))
            self.takes[who].setEnabled(n > 0)

    def _pair(self, who: Who) -> QFrame:
        add, take = QPushButton(self), QPushButton("−", self)
        set_role(add, "tap-two")
        set_role(take, "large")
        add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        take.setFixedWidth(scaled(56))
        take.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        take.setAccessibleName(tr("{who}, un de moins").format(who=self._words[who]))
        add.clicked.connect(partial(self._tap, who, 1))
        take.clicked.connect(partial(self._tap, who, -1))
        self.adds[who], self.takes[who] = add, take
        pair = QFrame(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(4))
        row.addWidget(add, 1)
        row.addWidget(take)
        return pair

    def _tap(self, who: Who, n: int, *_checked: object) -> None:
        self.tapped.emit(who, n)


class Gifts(QFrame):
    """What people give: a tap on an amount is one more person; nothing is added up.

    Signals:
        given: An amount (``Money``).
    """

    given = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.buttons: dict[Money, QPushButton] = {}
        self._amounts: tuple[Money, ...] = ()
        head = QLabel(tr("Contribution : touchez le montant"), self)
        set_role(head, "h2")
        self.told = QLabel(self)
        set_role(self.told, "muted")
        self._flow = FlowLayout(scaled(8))
        self.other = MoneyEdit(tr("Autre montant, puis Entrée"))
        self.other.setFixedWidth(scaled(130))
        self.other.line.setPlaceholderText(tr("autre"))
        self.other.line.returnPressed.connect(self._other)
        self.note = QPushButton(tr("Noter"), self)
        set_role(self.note, "tap")
        self.note.setAccessibleName(tr("Noter l’autre montant"))
        self.note.clicked.connect(self._other)
        column = QVBoxLayout(self)
        column.addWidget(head)
        column.addLayout(self._flow)
        column.addWidget(self.told, 0, Qt.AlignmentFlag.AlignLeft)

    def show_given(self, found: Arrived) -> None:
        """Show the amounts that may be tapped, and how many people gave so far."""
        self.setVisible(bool(found.amounts))
        if found.amounts != self._amounts:
            self._fill(found.amounts)
        self.told.setText(
            trn("{n} personne a donné.", "{n} personnes ont donné.", found.contributions).format(
                n=found.contributions
            )
        )

    def _fill(self, amounts: tuple[Money, ...]) -> None:
        self._amounts = amounts
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old not in {self.other, self.note}:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        for amount in amounts:
            button = QPushButton(short_money(amount), self)
            set_role(button, "tap")
            button.setAccessibleName(tr("Noter {amount}").format(amount=short_money(amount)))
            button.clicked.connect(partial(self._give, amount))
            self.buttons[amount] = button
            self._flow.addWidget(button)
        for widget in (self.other, self.note):
            self._flow.addWidget(widget)

    def _give(self, amount: Money, *_checked: object) -> None:
        self.given.emit(amount)

    @Slot()
    def _other(self) -> None:
        amount = self.other.value
        if amount is not None:
            self.other.set_value(None)
            self.given.emit(amount)
