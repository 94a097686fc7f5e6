"""What an event leaves to the canteen: its lines less its costs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.i18n import tr
from cantine_desktop.meals.events.keeping import CostFacts, total_of
from cantine_desktop.meals.events.model import CostKind, PrivateEvent
from cantine_desktop.values.money import Money


class Margin(NamedTuple):
    """Income and costs of an event.

    Attributes:
        costs: What it cost, or was planned to, line by line.
        planned: What was planned.
        is_met: Every cost is known.
    """

    income: Money
    costs: Money
    planned: Money
    is_met: bool

    @property
    def left(self) -> Money:
        """What is left."""
        return self.income - self.costs

    @property
    def share(self) -> int | None:
        """What is left in percent of the income, rounded; ``None`` without income."""
        if self.income.cents <= 0:
            return None
        exact = Decimal(self.left.cents * 100) / Decimal(self.income.cents)
        return int(exact.to_integral_value())


def margin_of(event: PrivateEvent) -> Margin:
    """Return what an event leaves."""
    return Margin(
        total_of(event),
        Money(sum(cost.amount.cents for cost in event.costs)),
        Money(sum(cost.planned.cents for cost in event.costs)),
        bool(event.costs) and all(cost.met is not None for cost in event.costs),
    )


def usual_costs(
    people: int, food: Money, hours: Decimal, rate: Money, others: Sequence[CostFacts] = ()
) -> tuple[CostFacts, ...]:
    """Return the costs to begin with: food for each, hours of the team, what else there is.

    Args:
        people: How many eat.
        food: Food of one meal.
        hours: Hours of the paid team.
        rate: Cost of one hour, charges included.
        others: Costs of another kind.
    """
    costs: list[CostFacts] = []
    if food:
        costs.append(CostFacts(tr("Denrées par personne"), Decimal(people), food, CostKind.FOOD))
    if hours and rate:
        costs.append(CostFacts(tr("Heures de l’équipe"), hours, rate, CostKind.STAFF))
    return (*costs, *others)
