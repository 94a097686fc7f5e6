"""The grid of notes and coins: how many, how many rolls, how many leave for the bank."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from cantine_desktop.finance.cash.denominations import COINS, NOTES, ROLLS, Pieces, total_of
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money
from ui.kit.theme import scaled, set_role

_DIGITS = QRegularExpression("[0-9]{0,4}")
"""Nothing at all is a number too: Enter leaves an empty field."""


class _Row(NamedTuple):
    quantity: QLineEdit
    rolls: QLineEdit | None
    for_bank: QLineEdit
    amount: QLabel

    @property
    def pieces(self) -> Pieces:
        return Pieces(
            _whole(self.quantity), _whole(self.rolls) if self.rolls else 0, _whole(self.for_bank)
        )


class PiecesGrid(QWidget):
    """Notes at the left, coins at the right; Enter goes down to the next one.

    Signals:
        changed: A number was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[Money, _Row] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(28))
        for values in (NOTES, COINS):
            layout.addLayout(self._half(values), 1)
        self._chain()

    @property
    def pieces(self) -> dict[Money, Pieces]:
        """What was typed, by value of the note or coin."""
        return {value: row.pieces for value, row in self.rows.items() if row.pieces != Pieces()}

    def put_in_bag(self, bag: Mapping[Money, int]) -> None:
        """Fill in what leaves for the bank."""
        for value, row in self.rows.items():
            number = bag.get(value, 0)
            row.for_bank.setText(str(number) if number else "")
        self._follow()

    def go_first(self) -> None:
        """Put the keyboard on the first number."""
        next(iter(self.rows.values())).quantity.setFocus()

    def _half(self, values: tuple[Money, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(8))
        grid.setVerticalSpacing(scaled(2))
        has_rolls = values[0] in ROLLS
        heads = ["", tr("Nombre"), *([tr("Rouleaux")] if has_rolls else []), tr("= montant")]
        for place, words in enumerate([*heads, tr("À la banque")]):
            label = QLabel(words)
            set_role(label, "small")
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, 0, place)
        for place, value in enumerate(values, 1):
            self._add(grid, place, value)
        grid.setColumnStretch(len(heads) - 1, 1)
        grid.setRowStretch(len(values) + 1, 1)
        return grid

    def _add(self, grid: QGridLayout, place: int, value: Money) -> None:
        name = money(value)
        label, amount = QLabel(name), QLabel()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for each in (label, amount):
            each.setAlignment(right)
        amount.setMinimumWidth(scaled(84))
        quantity = self._number(tr("{value} : nombre").format(value=name))
        size = ROLLS.get(value)
        rolls = self._number(tr("{value} : rouleaux").format(value=name)) if size else None
        for_bank = self._number(tr("{value} : à la banque").format(value=name))
        label.setBuddy(quantity)
        if rolls is not None:
            rolls.setToolTip(tr("Rouleaux de {n} pièces").format(n=size))
        widgets = [label, quantity, *([rolls] if rolls else []), amount, for_bank]
        for column, widget in enumerate(widgets):
            grid.addWidget(widget, place, column)
        self.rows[value] = _Row(quantity, rolls, for_bank, amount)

    def _number(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setValidator(QRegularExpressionValidator(_DIGITS, field))
        field.setFixedWidth(scaled(64))
        field.textEdited.connect(self._follow)
        return field

    def _chain(self) -> None:
        """Have Tab and Enter go down the numbers, then the rolls, then what leaves."""
        rows = list(self.rows.values())
        order = [row.quantity for row in rows]
        order += [row.rolls for row in rows if row.rolls is not None]
        order += [row.for_bank for row in rows]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
            before.returnPressed.connect(after.setFocus)

    @Slot()
    def _follow(self) -> None:
        for value, row in self.rows.items():
            pieces = row.pieces
            worth = total_of({value: pieces})
            row.amount.setText(money(worth) if worth else "")
        self.changed.emit()


def _whole(field: QLineEdit) -> int:
    text = field.text().strip()
    return int(text) if text.isdecimal() else 0
