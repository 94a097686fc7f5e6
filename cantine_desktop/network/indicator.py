"""What a figure that a canteen follows is: its name, its formula, how it is computed."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.values.period import Period

Compute = Callable[[Session, Period], Decimal | None]
"""Compute a figure over a half-open period; ``None`` when there is nothing to count."""


@dataclass(frozen=True)
class Indicator:
    """A figure of the canteen.

    Attributes:
        key: Name for programs.
        title: French title, marked for translation.
        formula: How it is computed, in one French sentence, marked for translation.
        unit: ``"%"``, ``"h"``, ``"€"``, ``"mois"``, or empty for a plain count.
        compute: Computes it.
        code: Its number in the list of indicators: ``"K28"``.
        area: What its data belong to, for rights.
    """

    key: str
    title: str
    formula: str
    unit: str
    compute: Compute
    code: str = ""
    area: str = "system"
