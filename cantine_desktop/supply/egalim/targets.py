"""What is asked of quality food, by the law and by the network, and how far a period is."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import mark
from cantine_desktop.supply.articles.listing import label_names
from cantine_desktop.supply.egalim.purchases_file import bought_lines
from cantine_desktop.supply.egalim.shares import (
    Share,
    Shares,
    hundredths,
    share_of,
)
from cantine_desktop.supply.egalim.thresholds import NETWORK_TARGET, Thresholds
from cantine_desktop.supply.suppliers.model import Supplier, SupplierPaper
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

QUALITY = mark("Loi : produits durables et de qualité")
ORGANIC = mark("Loi : dont bio")
ANIMAL = mark("Loi : viandes et poissons")
NETWORK = mark("Réseau : bio ou local")
RULES = QUALITY, ORGANIC, ANIMAL, NETWORK
"""Every rule there may be, those of the law first."""


@dataclass(frozen=True)
class Target:
    """A rule and how far a period is from it.

    Attributes:
        words: The rule, marked.
        part: What counts; ``whole``, of what.
        asked: Hundredths that are asked.
    """

    words: str
    part: Money
    whole: Money
    asked: int

    @property
    def reached(self) -> int | None:
        """Whole hundredths reached, rounded down; ``None`` when nothing was bought."""
        return hundredths(self.part, self.whole)

    @property
    def lack(self) -> Money:
        """What would have to be bought instead for the rule to hold; zero when it does."""
        wanted = -(-self.whole.cents * self.asked // 100)
        return Money(max(0, wanted - self.part.cents))


@dataclass(frozen=True)
class Proof:
    """What counts as quality food from a supplier, and the paper that proves it.

    Attributes:
        labels: What it is certified, in words.
        paper: Title of a paper of the supplier that still holds, or empty.
        until: Its last day; ``None`` when it has no end.
    """

    supplier_id: int
    supplier: str
    name: str
    labels: str
    amount: Money
    paper: str
    until: date | None


def targets(found: Shares, asked: Thresholds) -> tuple[Target, ...]:
    """Return the rules of the law where the canteen is and in that year, then the network's.

    A rule that the law did not know yet in that year is left out.
    """
    organic = found.by_share.get(Share.ORGANIC, Money(0))
    rules = (
        (QUALITY, found.quality, found.total, asked.quality),
        (ORGANIC, organic, found.total, asked.organic),
        (ANIMAL, found.animal_quality, found.animal, asked.animal),
        (NETWORK, found.network, found.total, NETWORK_TARGET),
    )
    return tuple(
        Target(words, part, whole, hundredths_asked)
        for words, part, whole, hundredths_asked in rules
        if hundredths_asked is not None
    )


def proofs(session: Session, period: Period, today: date) -> list[Proof]:
    """Return what counts as quality food in a period, by supplier and article, the most first.

    Args:
        session: Where to read.
        period: Days of the deliveries.
        today: The day on which a paper must still hold.
    """
    sums: dict[tuple[int, str, str], int] = {}
    for delivery, line, amount in bought_lines(session, period):
        if share_of(line.labels) is Share.NONE:
            continue
        labels = label_names(line.labels)
        place = delivery.supplier_id, line.name, labels
        sums[place] = sums.get(place, 0) + amount.cents
    names = dict(session.execute(select(Supplier.id, Supplier.name)).all())
    papers = _papers(session, today)
    rows = [
        Proof(key, names[key], name, labels, Money(cents), *papers.get(key, ("", None)))
        for (key, name, labels), cents in sums.items()
    ]
    return sorted(rows, key=lambda row: (-row.amount.cents, row.supplier, row.name))


def _papers(session: Session, today: date) -> dict[int, tuple[str, date | None]]:
    """Return a paper of each supplier that holds on a day, the one that holds longest."""
    query = select(SupplierPaper).order_by(SupplierPaper.id)
    found: dict[int, tuple[str, date | None]] = {}
    for each in session.scalars(query):
        if each.valid_until is not None and each.valid_until < today:
            continue
        known = found.get(each.supplier_id)
        if known is None or (known[1] or date.max) < (each.valid_until or date.max):
            found[each.supplier_id] = each.title, each.valid_until
    return found
