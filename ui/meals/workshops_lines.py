"""The lines of a quote and the costs of an event, typed one under another."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import money, tr
from cantine_desktop.meals.events.keeping import CostFacts, LineFacts
from cantine_desktop.meals.events.model import CostKind
from cantine_desktop.values.money import Money
from ui.kit.fields import MoneyEdit, NumberEdit, TextEdit
from ui.kit.theme import scaled, set_role

ONE = Decimal(1)
ZERO = Money(0)


class _Line(NamedTuple):
    label: TextEdit
    quantity: NumberEdit
    price: MoneyEdit
    amount: QLabel


class _Cost(NamedTuple):
    kind: CostKind
    label: TextEdit
    quantity: NumberEdit
    unit: MoneyEdit
    planned: QLabel
    met: MoneyEdit


class _Grid(QWidget):
    """A grid of fields under its titles, a button that adds a line, a sum below."""

    changed = Signal()

    def __init__(self, titles: Sequence[str], button: str) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(8))
        self._grid.setVerticalSpacing(scaled(4))
        self._grid.setColumnStretch(0, 4)
        for place, title in enumerate(titles):
            label = QLabel(title)
            set_role(label, "small")
            self._grid.addWidget(label, 0, place)
            if place:
                self._grid.setColumnStretch(place, 2)
        self._button = QPushButton(button)
        self._button.clicked.connect(self.add_line)
        self.sum = QLabel()
        self.sum.setWordWrap(True)
        set_role(self.sum, "h2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sum)

    @Slot()
    def add_line(self) -> None:
        """Add an empty line."""
        raise NotImplementedError

    def _place(self, widgets: Sequence[QWidget]) -> None:
        row = self._grid.rowCount()
        for place, widget in enumerate(widgets):
            self._grid.addWidget(widget, row, place)


def _amount_label() -> QLabel:
    label = QLabel()
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setMinimumWidth(scaled(84))
    return label


class QuoteLinesEdit(_Grid):
    """Label, quantity and unit price of each line; a line without words is left out."""

    def __init__(self) -> None:
        super().__init__(
            (tr("Désignation"), tr("Quantité"), tr("Prix unitaire"), tr("Montant")),
            tr("Ajouter une ligne"),
        )
        self._lines: list[_Line] = []

    @override
    @Slot()
    def add_line(self) -> None:
        """Add an empty line."""
        n = len(self._lines) + 1
        line = _Line(
            TextEdit(tr("Ligne {n}, désignation").format(n=n), longest=160),
            NumberEdit(tr("Ligne {n}, quantité").format(n=n), places=3, minimum=Decimal(0)),
            MoneyEdit(tr("Ligne {n}, prix unitaire").format(n=n), negative=True),
            _amount_label(),
        )
        for field in (line.label, line.quantity, line.price):
            field.committed.connect(self._update)
        self._lines.append(line)
        self._place(line)

    def present(self, lines: Sequence[LineFacts]) -> None:
        """Show the lines of an event; two empty ones when it has none."""
        for facts in lines:
            self.add_line()
            line = self._lines[-1]
            line.label.set_value(facts.label)
            line.label.line.setCursorPosition(0)
            line.quantity.set_value(_short(facts.quantity))
            line.price.set_value(facts.unit_price)
        while len(self._lines) < 2:
            self.add_line()
        self._update()

    def lines(self) -> tuple[LineFacts, ...]:
        """Return the lines that say something; one of it where no quantity was typed."""
        return tuple(
            LineFacts(
                line.label.value or "",
                ONE if line.quantity.value is None else line.quantity.value,
                line.price.value or ZERO,
            )
            for line in self._lines
            if line.label.value or line.price.value
        )

    @property
    def is_valid(self) -> bool:
        """Whether every field can be read."""
        return all(f.commit() for line in self._lines for f in line[:3])

    @property
    def total(self) -> Money:
        """What the lines amount to."""
        return Money(sum(line.amount.cents for line in self.lines()))

    @Slot()
    def _update(self) -> None:
        for line in self._lines:
            quantity = ONE if line.quantity.value is None else line.quantity.value
            price = line.price.value
            line.amount.setText(money(price * quantity) if price is not None else "")
        self.sum.setText(tr("Total : {total}").format(total=money(self.total)))
        self.changed.emit()


class CostsEdit(_Grid):
    """What the event costs: food by person, hours of the team, the rest; planned, then met."""

    def __init__(self) -> None:
        super().__init__(
            (tr("Coût"), tr("Quantité"), tr("Coût unitaire"), tr("Prévu"), tr("Réel")),
            tr("Ajouter un coût"),
        )
        self._lines: list[_Cost] = []

    @override
    @Slot()
    def add_line(self) -> None:
        """Add an empty cost of another kind."""
        self._add(CostKind.OTHER)

    def present(self, costs: Sequence[CostFacts], people: int) -> None:
        """Show the costs of an event; food and hours always stand first.

        Args:
            costs: Those known.
            people: How many eat: the quantity of food when nobody typed one.
        """
        known = list(costs)
        for kind, words, quantity in (
            (CostKind.FOOD, tr("Denrées par personne"), Decimal(people)),
            (CostKind.STAFF, tr("Heures de l’équipe"), None),
        ):
            found = next((cost for cost in known if cost.kind is kind), None)
            line = self._add(kind)
            line.label.set_value(words)
            line.quantity.set_value(quantity)
            if found is not None:
                known.remove(found)
                _fill(line, found)
        for cost in known:
            _fill(self._add(cost.kind), cost)
        self._update()

    def costs(self) -> tuple[CostFacts, ...]:
        """Return the costs that have an amount, planned or met."""
        return tuple(
            CostFacts(
                line.label.value or tr("Autre coût"),
                ONE if line.quantity.value is None else line.quantity.value,
                line.unit.value or ZERO,
                line.kind,
                line.met.value,
            )
            for line in self._lines
            if line.unit.value is not None or line.met.value is not None
        )

    @property
    def is_valid(self) -> bool:
        """Whether every field can be read."""
        return all(f.commit() for ln in self._lines for f in (ln.quantity, ln.unit, ln.met))

    @property
    def total(self) -> Money:
        """What it costs: met where it is known, else planned."""
        return Money(
            sum(
                ((c.unit_cost * c.quantity) if c.met is None else c.met).cents for c in self.costs()
            )
        )

    def show_margin(self, income: Money) -> None:
        """Say what is left of the income."""
        left = income - self.total
        self.sum.setText(
            tr("Coûts : {costs} · reste {left}").format(costs=money(self.total), left=money(left))
        )

    def _add(self, kind: CostKind) -> _Cost:
        n = len(self._lines) + 1
        line = _Cost(
            kind,
            TextEdit(tr("Coût {n}, nom").format(n=n), longest=120),
            NumberEdit(tr("Coût {n}, quantité").format(n=n), places=3, minimum=Decimal(0)),
            MoneyEdit(tr("Coût {n}, coût unitaire").format(n=n)),
            _amount_label(),
            MoneyEdit(tr("Coût {n}, réel").format(n=n)),
        )
        for field in (line.label, line.quantity, line.unit, line.met):
            field.committed.connect(self._update)
        self._lines.append(line)
        self._place(line[1:])
        return line

    @Slot()
    def _update(self) -> None:
        for line in self._lines:
            quantity = ONE if line.quantity.value is None else line.quantity.value
            unit = line.unit.value
            line.planned.setText(money(unit * quantity) if unit is not None else "")
        self.changed.emit()


def _fill(line: _Cost, cost: CostFacts) -> None:
    line.label.set_value(cost.label)
    line.label.line.setCursorPosition(0)
    line.quantity.set_value(_short(cost.quantity))
    line.unit.set_value(cost.unit_cost)
    line.met.set_value(cost.met)


def _short(quantity: Decimal) -> Decimal:
    """Return a quantity without zeros at its end: 22, 2,5."""
    whole = quantity.to_integral_value()
    return whole if quantity == whole else quantity.normalize()
