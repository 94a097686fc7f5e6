"""Shares of quality food, each purchase counted once, as the law counts them.

Source: MA-CANTINE.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from cantine_desktop.i18n import mark
from cantine_desktop.supply.articles.model import FoodCategory, QualityLabel
from cantine_desktop.supply.egalim.purchases_file import bought_lines
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

ZERO = Money(0)
ANIMAL = frozenset({FoodCategory.MEAT, FoodCategory.CURED, FoodCategory.SEA})


class Share(StrEnum):
    """Where a purchase counts, in the order that decides."""

    ORGANIC = "organic"
    SIGN = "sign"
    OTHER = "other"
    PERFORMANCE = "performance"
    NONE = "none"


WORDS = {
    Share.ORGANIC: mark("Bio"),
    Share.SIGN: mark("Signes de qualité"),
    Share.OTHER: mark("Autres produits durables"),
    Share.PERFORMANCE: mark("Externalités, performance"),
    Share.NONE: mark("Le reste"),
}

_BY_SHARE = (
    (Share.ORGANIC, frozenset({QualityLabel.ORGANIC})),
    (
        Share.SIGN,
        frozenset({
            QualityLabel.RED_LABEL,
            QualityLabel.DESIGNATION,
            QualityLabel.GEOGRAPHICAL,
            QualityLabel.TRADITIONAL,
        }),
    ),
    (
        Share.OTHER,
        frozenset({
            QualityLabel.HIGH_VALUE,
            QualityLabel.FISHERY,
            QualityLabel.OUTERMOST,
            QualityLabel.FARM,
            QualityLabel.FAIR_TRADE,
        }),
    ),
    (Share.PERFORMANCE, frozenset({QualityLabel.EXTERNALITIES, QualityLabel.PERFORMANCE})),
)


@dataclass(frozen=True)
class Shares:
    """What was bought in a period, each purchase counted once; taxes left out.

    Attributes:
        total: Everything with a price.
        by_share: Amount of each share.
        animal: Meat and fish; ``animal_quality``, the part of it that counts.
        local: Noted local, whatever else it is: it may overlap.
        network: Organic or local: what the network of canteens counts.
    """

    total: Money = ZERO
    by_share: dict[Share, Money] = field(default_factory=dict[Share, Money])
    animal: Money = ZERO
    animal_quality: Money = ZERO
    local: Money = ZERO
    network: Money = ZERO

    @property
    def quality(self) -> Money:
        """What counts for the law, all shares together."""
        rest = self.by_share.get(Share.NONE, ZERO)
        return self.total - rest


def share_of(labels: Iterable[QualityLabel]) -> Share:
    """Return the one share a purchase counts in: organic first, then signs, then the others."""
    held = frozenset(labels)
    return next((share for share, known in _BY_SHARE if held & known), Share.NONE)


def shares(session: Session, period: Period) -> Shares:
    """Return the shares of what was bought and kept in a period; gifts count nowhere.

    Args:
        session: Where to read.
        period: Days of the deliveries.
    """
    sums: dict[Share, int] = defaultdict(int)
    animal = animal_quality = local = network = 0
    for _delivery, line, amount in bought_lines(session, period):
        share = share_of(line.labels)
        sums[share] += amount.cents
        if line.category in ANIMAL:
            animal += amount.cents
            animal_quality += amount.cents if share is not Share.NONE else 0
        local += amount.cents if line.is_local else 0
        network += amount.cents if line.is_local or share is Share.ORGANIC else 0
    return Shares(
        total=Money(sum(sums.values())),
        by_share={share: Money(cents) for share, cents in sums.items()},
        animal=Money(animal),
        animal_quality=Money(animal_quality),
        local=Money(local),
        network=Money(network),
    )


def hundredths(part: Money, whole: Money) -> int | None:
    """Return a part in whole hundredths, rounded down; ``None`` of nothing."""
    return None if not whole else 100 * part.cents // whole.cents
