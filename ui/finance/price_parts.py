"""What a meal costs and what pays for it: a row each, with its bar; Enter opens the entries."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from cantine_desktop.finance.price.costing import Basis, Costing
from cantine_desktop.finance.price.displaying import PARTS
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.finance.price_bars import Step, StepsDelegate
from ui.finance.rows_table import RowsTable, ShownRow, exact
from ui.kit.empty import EmptyState
from ui.kit.table import Column
from ui.kit.theme import scaled

BAR = 3
"""Column of the bars."""
_ROW, _EMPTY = 32, 170
"""Height of a row, and of what stands there without any, in pixels at 100 %."""


class Behind(NamedTuple):
    """What a figure is made of: its words, and the accounts whose lines it sums."""

    title: str
    numbers: str


class _Row(NamedTuple):
    title: str
    amount: Money | None
    each: Money
    name: str = ""
    is_total: bool = False
    is_drawn: bool = True


class CostTable(RowsTable):
    """From the cost of a meal down to what has to be found at table.

    Args:
        parent: What holds it.
        begin: What its one button does while there is nothing to show.
    """

    def __init__(self, parent: QWidget, begin: Callable[[], object]) -> None:
        super().__init__(
            tr("Coût d’un repas, part par part"),
            [
                Column(tr("Ce que coûte un repas"), 184),
                Column(tr("Période (€)"), 100, "right"),
                Column(tr("Par repas (€)"), 100, "right"),
                Column("", 180, "right"),
            ],
            EmptyState(
                tr(
                    "Clôturez un service et notez des charges, ou tapez un budget et les repas"
                    " qu’il prévoit."
                ),
                tr("Ouvrir le budget"),
                begin,
            ),
            parent,
        )
        self._bars = StepsDelegate(self)
        self.table.view.setItemDelegateForColumn(BAR, self._bars)

    def show_cost(self, cost: Costing | None) -> None:
        """Show what another period costs."""
        rows = _rows(cost) if cost else []
        level = cost.displayed.cents if cost and cost.displayed else None
        self._bars.show_steps(
            [Step(row.each.cents, row.is_total) if row.is_drawn else None for row in rows], level
        )
        self.show_rows([_shown(row, cost) for row in rows] if cost else [])
        self.setFixedHeight(scaled(_ROW * (len(rows) + 1) + 6 if rows else _EMPTY))


def _rows(cost: Costing) -> list[_Row]:
    def each(amount: Money) -> Money:
        return Money.from_decimal(amount.euros / cost.meals)

    def total(title: str, amount: Money, name: str = "") -> _Row:
        return _Row(title, amount, each(amount), name, is_total=True)

    left = cost.contributions + cost.earned + cost.given - cost.charges
    needed = cost.charges - cost.earned
    return [
        *(
            _Row(tr(PARTS[kind]), amount, each(amount), kind.value)
            for kind, amount in cost.parts.items()
        ),
        total(tr("Coût complet"), cost.charges, "all"),
        _Row(
            tr("− adhésions, ventes…"),
            cost.earned,
            -each(cost.earned),
            "earned",
        ),
        total(tr("= équilibre sans dons"), needed),
        _Row(tr("− dons et subventions"), cost.given, -each(cost.given), "given"),
        total(tr("= à trouver à table"), needed - cost.given),
        total(tr("Contributions reçues"), cost.contributions, "meals"),
        _Row(tr("Ce qui reste"), left, each(left), is_drawn=False),
    ]


def _shown(row: _Row, cost: Costing) -> ShownRow:
    numbers = "6" if row.name == "all" else " ".join(cost.accounts.get(row.name, ()))
    key = Behind(row.title.lstrip("−= "), numbers) if numbers else None
    if cost.basis is Basis.BUDGET:
        key = None
    texts = (row.title, exact(row.amount or Money(0)), exact(row.each), "")
    return ShownRow(key, texts, is_strong=row.is_total or not row.is_drawn)
