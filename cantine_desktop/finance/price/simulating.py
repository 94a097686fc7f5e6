"""What if: another displayed price, other services, another team, other gifts; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.finance.price.contributions import Spread, by, share_of
from cantine_desktop.finance.price.costing import Costing
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money

MONTHS = 12


class Follow(StrEnum):
    """How contributions answer to another displayed price; nobody knows beforehand."""

    NOBODY = "nobody"
    SOME = "some"
    EVERYBODY = "everybody"


FOLLOWS = {
    Follow.NOBODY: mark("si personne ne change sa contribution"),
    Follow.SOME: mark("si celles et ceux qui donnent le prix affiché ou plus suivent"),
    Follow.EVERYBODY: mark("si toutes les contributions suivent"),
}


class Wish(NamedTuple):
    """What a year could be.

    Attributes:
        price: Displayed price.
        services: Services of the year.
        each: Meals of a service.
        fte: Full-time equivalents of the team.
        gifts: Gifts and grants of the year.
    """

    price: Money
    services: int
    each: Decimal
    fte: Decimal
    gifts: Money

    @property
    def meals(self) -> int:
        """Meals of the year."""
        return int((self.services * self.each).to_integral_value())


@dataclass(frozen=True)
class Ground:
    """What a simulation starts from: a costing brought to twelve months.

    Attributes:
        parts: Charges of a year by part.
        meals: Meals served in a year.
        paid: Meals people paid for.
        contributions: What they gave.
        earned: Other income but gifts and grants.
        given: Gifts and grants.
        price: Displayed price.
        services: Services in a year.
        fte: Full-time equivalents of the team as it is.
        followers: Share of people who give the displayed price or more, of one.
        months: Months it was counted on.
    """

    parts: Mapping[PartKind, Money]
    meals: int
    paid: int
    contributions: Money
    earned: Money
    given: Money
    price: Money
    services: int
    fte: Decimal
    followers: Decimal
    months: int

    @property
    def each(self) -> Decimal:
        """Meals of a service, to a tenth."""
        return (Decimal(self.meals) / self.services).quantize(Decimal("0.1"))

    def with_team(self, fte: Decimal) -> "Ground":
        """Return the same year with the team told as so many full-time equivalents."""
        return replace(self, fte=fte)

    @property
    def as_is(self) -> Wish:
        """The year as it is: simulating it changes nothing."""
        return Wish(self.price, self.services, self.each, self.fte, self.given)


@dataclass(frozen=True)
class Outcome:
    """What a year would be.

    Attributes:
        meals: Meals served.
        paid: Meals people pay for.
        parts: Charges by part.
        contributions: What people give, by how they answer to the price.
        earned: Other income but gifts and grants.
        given: Gifts and grants.
    """

    meals: int
    paid: int
    parts: Mapping[PartKind, Money]
    contributions: Mapping[Follow, Money]
    earned: Money
    given: Money

    @property
    def charges(self) -> Money:
        """All charges."""
        return Money(sum(amount.cents for amount in self.parts.values()))

    @property
    def cost(self) -> Money | None:
        """Full cost of a meal."""
        return by(self.charges, self.meals)

    @property
    def balance_without_gifts(self) -> Money | None:
        """Price that balances without gifts or grants."""
        return by(self.charges - self.earned, self.meals)

    @property
    def balance_with_gifts(self) -> Money | None:
        """Price that balances, gifts and grants counted."""
        return by(self.charges - self.earned - self.given, self.meals)

    def result(self, follow: Follow) -> Money:
        """What is left over the year, or missing."""
        return self.contributions[follow] + self.earned + self.given - self.charges

    def average(self, follow: Follow) -> Money | None:
        """Contribution of a paid meal."""
        return by(self.contributions[follow], self.paid)

    def covered(self, follow: Follow) -> Decimal | None:
        """Charges that contributions cover, in hundredths."""
        return share_of(self.contributions[follow].cents, self.charges.cents)


def ground_of(
    cost: Costing, spread: Spread | None, services: int, fte: Decimal = Decimal(1)
) -> Ground | None:
    """Return what a simulation starts from, brought to a year; ``None`` without services.

    Args:
        cost: What meals cost over some months, or a budget of a year.
        spread: Contributions of the same days; ``None`` for a budget.
        services: Services of the same days.
        fte: Full-time equivalents of the team.
    """
    if not cost.meals or services <= 0 or fte <= 0:
        return None
    first, end = cost.period.first, cost.period.end
    months = max((end.year - first.year) * 12 + end.month - first.month, 1)

    def year(amount: Money) -> Money:
        return Money.from_decimal(amount.euros * MONTHS / months)

    def count(n: int) -> int:
        return int((Decimal(n) * MONTHS / months).to_integral_value())

    told = spread.below + spread.at + spread.above if spread else 0
    followers = Decimal(spread.at + spread.above) / told if spread and told else Decimal("0.5")
    return Ground(
        {kind: year(amount) for kind, amount in cost.parts.items()},
        count(cost.meals),
        count(cost.paid),
        year(cost.contributions),
        year(cost.earned),
        year(cost.given),
        cost.displayed or cost.balance_without_gifts or Money(0),
        max(count(services), 1),
        fte,
        followers,
        months,
    )


def simulate(ground: Ground, wish: Wish) -> Outcome:
    """Return what a year would be.

    Food follows meals and pay follows the team; the place, the equipment and other income stay.
    Contributions follow meals, and the displayed price as far as people do.

    Raises:
        UserError: A figure is nothing a canteen can have.
    """
    refuse_odd(wish)
    meals = wish.meals
    more = Decimal(meals) / ground.meals
    team = wish.fte / ground.fte
    parts = dict(ground.parts)
    parts[PartKind.FOOD] = ground.parts[PartKind.FOOD] * more
    parts[PartKind.STAFF] = ground.parts[PartKind.STAFF] * team
    if meals == ground.as_is.meals:
        # The mean of meals by service is told to a tenth: the year as it is stays to the cent.
        parts[PartKind.FOOD], more, meals = ground.parts[PartKind.FOOD], Decimal(1), ground.meals
    paid = int((ground.paid * more).to_integral_value())
    step = wish.price.euros - ground.price.euros
    base = ground.contributions.euros * more
    shares = {
        Follow.NOBODY: Decimal(0),
        Follow.SOME: ground.followers,
        Follow.EVERYBODY: Decimal(1),
    }
    given = {
        follow: Money.from_decimal(max(base + step * share * paid, Decimal(0)))
        for follow, share in shares.items()
    }
    return Outcome(meals, paid, parts, given, ground.earned, wish.gifts)


def refuse_odd(wish: Wish) -> None:
    """Refuse a wish that is nothing a canteen can have.

    Raises:
        UserError: It says which figure, and within what it stands.
    """
    for name, value, low, high in (
        (tr("Le prix affiché"), wish.price.euros, Decimal("0.01"), Decimal(100)),
        (tr("Le nombre de services par an"), Decimal(wish.services), Decimal(1), Decimal(1500)),
        (tr("Le nombre de repas par service"), wish.each, Decimal(1), Decimal(500)),
        (tr("Le nombre d’équivalents temps plein"), wish.fte, Decimal(0), Decimal(50)),
        (tr("Le montant des dons et subventions"), wish.gifts.euros, Decimal(0), Decimal(10**7)),
    ):
        if not low <= value <= high:
            raise UserError(
                tr("{name} doit être entre {low} et {high}.").format(name=name, low=low, high=high)
            )
