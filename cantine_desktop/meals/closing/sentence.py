"""What a service’s contributions covered, in one sentence."""

from cantine_desktop.i18n import money, number, round_half_up, trn
from cantine_desktop.meals.closing.balance import Figures
from cantine_desktop.values.money import Money


def sentence(found: Figures, price: Money | None) -> str:
    """Return what contributions covered of the displayed price; what is known without it.

    Args:
        found: What the closing adds up to.
        price: The price displayed that day.
    """
    count = found.contributions or 0
    if not count or found.total is None:
        return ""
    if not price:
        return trn(
            "{n} contribution a apporté {total}, {mean} en moyenne.",
            "{n} contributions ont apporté {total}, {mean} en moyenne.",
            count,
        ).format(n=count, total=money(found.total), mean=money(found.mean or Money(0)))
    share = round_half_up(100 * found.total.euros / (price.euros * count), 0)
    return trn(
        "{n} contribution a couvert {share} % du prix d’équilibre de ce repas.",
        "{n} contributions ont couvert {share} % du prix d’équilibre de ce repas.",
        count,
    ).format(n=count, share=number(share))
