"""What a recipe costs: at bought price, with gifts valued, and what a meal costs besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.finance.price.costing import usual_costing
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.meals.recipes.scaling import Scaled, scale
from cantine_desktop.supply.products.measuring import cost_in_cents
from cantine_desktop.values.money import Money


@dataclass(frozen=True)
class Cost:
    """What the food of a recipe costs; exact until an amount is asked for.

    Attributes:
        portions: For how many.
        bought_cents: What is paid, gifts counted for nothing.
        valued_cents: What it would be if everything had been bought.
        unpriced: What has no price, or no quantity: the cost leaves it out.
    """

    portions: Fraction
    bought_cents: Fraction
    valued_cents: Fraction
    unpriced: tuple[str, ...]

    @property
    def bought(self) -> Money:
        """What is paid for all portions."""
        return rounded(self.bought_cents)

    @property
    def valued(self) -> Money:
        """The same with gifts at their price."""
        return rounded(self.valued_cents)

    @property
    def bought_per_portion(self) -> Money:
        """What is paid for a portion."""
        return rounded(self.bought_cents / self.portions)

    @property
    def valued_per_portion(self) -> Money:
        """The same with gifts at their price."""
        return rounded(self.valued_cents / self.portions)


def cost_of(
    session: Session,
    recipe_id: int,
    portions: int | Fraction,
    given: Mapping[int, Decimal] | None = None,
) -> Cost:
    """Return what a recipe costs for a number of portions, peelings paid for.

    Args:
        session: Where to read.
        recipe_id: The recipe.
        portions: More than zero.
        given: Share of each product that was given, of one, by its key.

    Raises:
        UserError: A recipe holds itself, or the portions are not above zero.
    """
    return cost_from(scale(session, recipe_id, portions), given)


def cost_from(scaled: Scaled, given: Mapping[int, Decimal] | None = None) -> Cost:
    """Return what a recipe already scaled costs (``cost_of``)."""
    bought = valued = Fraction(0)
    unpriced = list(scaled.loose)
    for need in scaled.needs:
        cents = cost_in_cents(need.product, need.gross)
        if cents is None:
            unpriced.append(need.product.name)
            continue
        share = Fraction((given or {}).get(need.product.id, Decimal(0)))
        valued += cents
        bought += cents * (1 - share)
    return Cost(scaled.portions, bought, valued, tuple(unpriced))


def rounded(cents: Fraction) -> Money:
    """Return exact cents as money, halves away from zero: the only rounding of a cost."""
    return Money((2 * cents.numerator + cents.denominator) // (2 * cents.denominator))


def beyond_food(session: Session, today: date) -> Money | None:
    """Return what a meal costs besides its food: team, place, equipment; ``None`` if unknown.

    It is counted as the displayed price is: on closed months, or else on the budget.
    """
    found = usual_costing(session, today)
    if found is None or not found.meals:
        return None
    rest = found.charges - found.parts[PartKind.FOOD]
    return Money.from_decimal(rest.euros / found.meals)
