"""What a closing says, as plain values: typed on the screen, or read from a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cantine_desktop.finance.cash.counting import TOLERATED
from cantine_desktop.finance.cash.model import Reason
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.meals.closing.model import Heard, WasteStage
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.values.money import Money

FLOAT = Money(8_000)
"""What a till holds to give change, unless the canteen says otherwise."""


class Named(NamedTuple):
    """What somebody gave, in a canteen that chose to know; an empty name is nobody's."""

    name: str
    amount: Money


@dataclass(frozen=True)
class Sponsored:
    """Meals that somebody else pays for.

    Attributes:
        amount: What they owe for all of them; ``None`` when nothing is asked.
    """

    payer: str
    count: int
    amount: Money | None = None


@dataclass(frozen=True)
class ClosingFacts:
    """What is known of a service; ``None`` is what nobody counted.

    Attributes:
        diners: At table, cooks, children, sponsored and offered meals included.
        cooks: Of whom cooked.
        newcomers: Of whom came for the first time.
        children: Of whom are children.
        team: Employees and civic volunteers, besides.
        offered: Of the diners, meals the canteen offered.
        given: Meals given out, besides the diners.
        total: Sum of contributions, when only the total is known (``TOTAL``).
        tally: People by amount (``TALLY``); zero is an amount.
        names: People and what they gave (``NAMED``).
        purposes: What came for anything but meals.
        means: What came by anything but cash.
        coins: Notes and coins by value; empty when nobody counted.
        float_amount: What lay in the till before.
        waste: Grams by stage.
        heard: Newcomers by how they heard of the canteen.
    """

    mode: ContributionMode = ContributionMode.TALLY
    diners: int | None = None
    cooks: int | None = None
    newcomers: int | None = None
    children: int | None = None
    team: int | None = None
    offered: int | None = None
    given: int | None = None
    total: Money | None = None
    tally: Mapping[Money, int] = field(default_factory=dict[Money, int])
    names: tuple[Named, ...] = ()
    purposes: Mapping[Purpose, Money] = field(default_factory=dict[Purpose, Money])
    means: Mapping[Means, Money] = field(default_factory=dict[Means, Money])
    sponsored: tuple[Sponsored, ...] = ()
    coins: Mapping[Money, int] = field(default_factory=dict[Money, int])
    float_amount: Money = FLOAT
    tolerated: Money = TOLERATED
    cash_reason: Reason | None = None
    cash_note: str = ""
    bag: str = ""
    checked_by: str = ""
    waste: Mapping[WasteStage, int] = field(default_factory=dict[WasteStage, int])
    heard: Mapping[Heard, int] = field(default_factory=dict[Heard, int])
    leftovers: str = ""
    word: str = ""
    displayed_price: Money | None = None
