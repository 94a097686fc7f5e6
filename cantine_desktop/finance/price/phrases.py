"""What the figures of the free price say, in one sentence each; positive, and never of anybody."""

from decimal import Decimal

from cantine_desktop.finance.price.comparing import LEAST_PEOPLE, LEAST_SERVICES, Compared, Verdict
from cantine_desktop.finance.price.contributions import Spread, quartiles, share_of
from cantine_desktop.finance.price.costing import Costing
from cantine_desktop.finance.price.displaying import PARTS, Displayed
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.i18n import money, number, round_half_up, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP

DRIFT = Money(50)
"""Between the displayed and the computed price; above it, the board should look (K9)."""


def solidarity_words(spread: Spread) -> str:
    """Return what people who give more than the price make possible (K11)."""
    if spread.price is None:
        return tr("{n} contributions décomptées.").format(n=number(Decimal(spread.counted)))
    return tr(
        "{above} contributions au-dessus du prix affiché paient l’équivalent de {meals} repas"
        " entiers ({surplus})."
    ).format(
        above=number(Decimal(spread.above)),
        meals=number(Decimal(spread.meals_paid_for)),
        surplus=money(spread.surplus),
    )


def sides_words(spread: Spread) -> str:
    """Return how many gave less than the price, the price, and more (K6)."""
    told = spread.below + spread.at + spread.above
    if not told:
        return ""
    return tr(
        "{below} sous le prix affiché, {at} au prix, {above} au-dessus ; il manque {gap} à"
        " l’ensemble pour l’atteindre, comme le prix libre le permet."
    ).format(
        below=percent(share_of(spread.below, told)),
        at=percent(share_of(spread.at, told)),
        above=percent(share_of(spread.above, told)),
        gap=money(spread.gap),
    )


def middle_words(cost: Costing, spread: Spread) -> str:
    """Return the mean, the median, the quartiles and how many gave the price or more (K4, K5)."""
    found = quartiles(spread.counts)
    if found is None or cost.average is None:
        return ""
    words = tr("Moyenne {mean} · médiane {median} · la moitié donne entre {low} et {high}").format(
        mean=money(cost.average),
        median=money(found[1]),
        low=money(found[0]),
        high=money(found[2]),
    )
    told = spread.below + spread.at + spread.above
    if spread.price is not None and told:
        words += " · " + tr("{share} donnent {price} ou plus").format(
            share=percent(share_of(spread.at + spread.above, told)), price=money(spread.price)
        )
    return words


def parts_words(price: Displayed) -> str:
    """Return the parts of a displayed price: « 3,50 € denrées + 9,00 € équipe »."""
    return " + ".join(
        f"{money(amount)} {tr(PARTS[kind]).lower()}"
        for kind in PartKind
        if (amount := price.parts.get(kind))
    )


def advice_words(cost: Costing) -> str:
    """Return how far the displayed price is from the computed one (K9), and what to do of it."""
    computed = cost.balance_without_gifts
    if cost.displayed is None or computed is None:
        return ""
    drift = computed - cost.displayed
    if abs(drift.cents) <= DRIFT.cents:
        return tr("Le prix affiché tient : le prix calculé sans dons est de {price}.").format(
            price=money(computed)
        )
    return tr(
        "Conseil : {drift} d’écart avec le prix calculé sans dons ({price}) ; à revoir au conseil"
        " d’administration."
    ).format(drift=signed(drift), price=money(computed))


def compared_words(found: Compared) -> str:
    """Return what a comparison allows to say, and no more."""
    if found.mean is None:
        return tr(
            "Trop peu pour conclure : il faut {services} services et {people} contributions de"
            " chaque côté."
        ).format(services=LEAST_SERVICES, people=LEAST_PEOPLE)
    moved = {
        Verdict.UP: tr("La moyenne a monté de {gap}"),
        Verdict.DOWN: tr("La moyenne a baissé de {gap}"),
        Verdict.UNCLEAR: tr("La moyenne a bougé de {gap}, ce que le hasard suffit à expliquer"),
    }[found.verdict]
    value = Money.from_decimal(found.mean.value)
    words = moved.format(
        gap=signed(value) if found.verdict is Verdict.UNCLEAR else money(Money(abs(value.cents)))
    )
    low, high = (Money.from_decimal(each) for each in (found.mean.low, found.mean.high))
    words += tr(" (entre {low} et {high}, à 95 %).").format(low=signed(low), high=signed(high))
    if found.last_year is not None:
        words += " " + tr("Aux mêmes semaines un an plus tôt : {gap}.").format(
            gap=signed(found.last_year)
        )
    return words


def signed(amount: Money) -> str:
    """Return an amount with its sign."""
    return ("+" if amount.cents > 0 else "") + money(amount)


def percent(share: Decimal | None) -> str:
    """Return hundredths in whole ones, or a dash."""
    return "–" if share is None else f"{number(round_half_up(share, 0), 0)}{NBSP}%"
