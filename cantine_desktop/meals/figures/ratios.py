"""What figures of meals divide by what, service by service: computed and explained alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from cantine_desktop.i18n import mark, round_half_up
from cantine_desktop.meals.closing.model import STAGES, WasteStage
from cantine_desktop.meals.figures.services import Served

Count = Callable[[Served], int | None]


@dataclass(frozen=True)
class Ratio:
    """A figure counted over services.

    A service that leaves out one of both counts is left out: what is missing is not zero.

    Attributes:
        title: What is counted, marked.
        top: Counts it for a service.
        below: What it is divided by, marked; empty for a sum.
        bottom: Counts it for a service.
        in_hundredths: The result is a share.
        in_cents: What is counted is an amount.
    """

    title: str
    top: Count
    below: str = ""
    bottom: Count | None = None
    in_hundredths: bool = False
    in_cents: bool = False


class Counted(NamedTuple):
    """The services that count in a figure, with both counts."""

    service: Served
    top: int
    bottom: int


def counted(ratio: Ratio, services: Sequence[Served]) -> list[Counted]:
    """Return the services that count, and what each brings."""
    found: list[Counted] = []
    for each in services:
        top = ratio.top(each)
        bottom = ratio.bottom(each) if ratio.bottom else 1
        if top is not None and bottom is not None:
            found.append(Counted(each, top, bottom))
    return found


def value(ratio: Ratio, services: Sequence[Served]) -> Decimal | None:
    """Return the figure, to a tenth for a share or a mean; ``None`` when nothing counts."""
    found = counted(ratio, services)
    top, bottom = sum(each.top for each in found), sum(each.bottom for each in found)
    if not found or not bottom:
        return None
    if ratio.bottom is None:
        return Decimal(top)
    return round_half_up(Decimal(top) * (100 if ratio.in_hundredths else 1) / bottom, 1)


def _diners(each: Served) -> int:
    return each.diners


def _seats(each: Served) -> int | None:
    return each.seats or None


def _one(_each: Served) -> int:
    return 1


def _contributions(each: Served) -> int:
    return each.contributions.cents


def _paid(each: Served) -> int:
    return each.paid


def _newcomers(each: Served) -> int | None:
    return each.newcomers


def _cooks(each: Served) -> int | None:
    return each.cooks


def _green(each: Served) -> int | None:
    return None if each.vegetarian is None else int(each.vegetarian)


def _grams(each: Served) -> int | None:
    return each.grams


def _grams_at(stage: WasteStage, each: Served) -> int | None:
    return each.waste.get(stage)


def _given(each: Served) -> int | None:
    return each.given


_DINERS = mark("Convives")
_GRAMS = mark("Grammes")

RATIOS: dict[str, Ratio] = {
    "meals": Ratio(_DINERS, _diners),
    "services": Ratio(mark("Services"), _one),
    "diners-per-service": Ratio(_DINERS, _diners, mark("Services"), _one),
    "seats-filled": Ratio(_DINERS, _diners, mark("Places"), _seats, in_hundredths=True),
    "average-contribution": Ratio(
        mark("Contributions (€)"), _contributions, mark("Repas payés"), _paid, in_cents=True
    ),
    "newcomers": Ratio(mark("Nouveaux"), _newcomers, _DINERS, _diners, in_hundredths=True),
    "cooks": Ratio(mark("Cuisinier·ères"), _cooks, _DINERS, _diners, in_hundredths=True),
    "vegetarian": Ratio(mark("Végétarien"), _green, mark("Services"), _one, in_hundredths=True),
    "waste-per-meal": Ratio(_GRAMS, _grams, _DINERS, _diners),
    **{
        f"waste-{stage.value}": Ratio(STAGES[stage], partial(_grams_at, stage), _DINERS, _diners)
        for stage in WasteStage
    },
    "meals-given": Ratio(mark("Repas donnés"), _given),
}
"""By key of their indicator. The mean contribution is only explained here: finance computes it."""
