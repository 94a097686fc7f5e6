"""What must be asked or refused of a line at the door; nothing is decided silently."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from cantine_desktop.i18n import short_day, tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.deliveries.model import Coming, DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.value import kept_units

TOLERANCE = Fraction(2, 100)
"""By how much more than ordered may come without a question."""
FAR = Fraction(30, 100)
"""By how much a weight may differ from what is only near what is announced."""
LIGHT = Fraction(5, 100)
"""By how much a weight may be below one that is announced for sure."""
COLD_WARES = frozenset({
    *("minced_meat", "fresh_fish", "meat_prep", "meat_cut", "offal", "pcea"),
    *("very_perishable", "perishable", "prepacked_maker", "frozen", "frozen_other", "hot_served"),
})
"""Families of goods whose temperature is read at the door (``hygiene.food.choices.Ware``)."""


class Doubt(StrEnum):
    """Why a line is asked about."""

    MORE_THAN_ORDERED = "more"
    WEIGHT = "weight"
    BEST_BEFORE = "best-before"
    NOTHING_SAID = "nothing-said"
    NO_HEAT = "no-heat"


class Question(NamedTuple):
    """Something to say yes to before a delivery is closed.

    Attributes:
        rank: Of the line.
        words: The question, for the person.
    """

    rank: int
    doubt: Doubt
    words: str


def refusals(line: DeliveryLine, day: date, coming: Coming) -> list[str]:
    """Say why a line cannot be kept as it is written; nothing when it can.

    A DLC that is past is refused, for a gift as well; a DDM that is past is accepted of a gift
    alone.

    Source: R1169.
    """
    if not kept_units(line):
        return []
    found: list[str] = []
    if line.use_by is not None and line.use_by < day:
        found.append(
            tr("« {name} » : DLC du {day} dépassée, à refuser.").format(
                name=line.name, day=short_day(line.use_by)
            )
        )
    is_gift = coming is Coming.DONATED
    if line.best_before is not None and line.best_before < day and not is_gift:
        found.append(
            tr("« {name} » : DDM du {day} dépassée ; seul un don peut l’être.").format(
                name=line.name, day=short_day(line.best_before)
            )
        )
    return found


def questions(line: DeliveryLine, day: date) -> list[Question]:
    """Return what to ask of a line before it is kept."""
    found = [_more(line), _weight(line), _gift_date(line, day), _unsaid(line), _heat(line)]
    return [question for question in found if question is not None]


def outcome_of(line: DeliveryLine) -> LineOutcome | None:
    """Return what became of a line; ``None`` while nobody looked."""
    if line.received is None:
        return line.outcome
    if line.outcome in {LineOutcome.SUBSTITUTED, LineOutcome.NOT_ORDERED} and kept_units(line):
        return line.outcome
    if not line.received:
        return LineOutcome.MISSING
    if not kept_units(line):
        return LineOutcome.REFUSED
    if line.refused or (line.ordered is not None and line.received != line.ordered):
        return LineOutcome.DIFFERENT
    return LineOutcome.CONFORM


def _more(line: DeliveryLine) -> Question | None:
    if line.ordered is None or line.received is None:
        return None
    limit = Fraction(line.ordered) * (1 + TOLERANCE)
    if Fraction(kept_units(line)) <= limit:
        return None
    words = tr("« {name} » : {came} pour {asked} commandés. Tout garder ?").format(
        name=line.name, came=_plain(kept_units(line)), asked=_plain(line.ordered)
    )
    return Question(line.rank, Doubt.MORE_THAN_ORDERED, words)


def _weight(line: DeliveryLine) -> Question | None:
    if line.weight is None or not line.received:
        return None
    announced = _should_weigh(line)
    if not announced:
        return None
    gap = Fraction(line.weight) - announced
    is_sure = line.noted_weight is not None or not line.is_catch_weight
    least = LIGHT if is_sure else FAR
    if -least * announced <= gap <= FAR * announced:
        return None
    percent = _plain(Decimal(round(abs(gap) / announced * 100)))
    words = (
        tr("« {name} » : {percent} % plus léger qu’annoncé. C’est bien ce poids ?")
        if gap < 0
        else tr("« {name} » : {percent} % plus lourd qu’annoncé. C’est bien ce poids ?")
    )
    return Question(line.rank, Doubt.WEIGHT, words.format(name=line.name, percent=percent))


def _should_weigh(line: DeliveryLine) -> Fraction | None:
    """Return what came should weigh: as the note says, or as the content of its units does."""
    if line.noted_weight is not None:
        return Fraction(line.noted_weight)
    if line.content is None:
        return None
    return Fraction(line.content) * Fraction(line.received or 0)


def _heat(line: DeliveryLine) -> Question | None:
    """Ask of food kept cold, or brought hot, whether nobody read its temperature.

    Source: AM09-I, R852-IX.
    """
    if line.ware not in COLD_WARES or line.celsius is not None or not kept_units(line):
        return None
    words = tr("« {name} » : aucune température lue. Garder sans la relever ?").format(
        name=line.name
    )
    return Question(line.rank, Doubt.NO_HEAT, words)


def _gift_date(line: DeliveryLine, day: date) -> Question | None:
    if line.best_before is None or line.best_before >= day or not kept_units(line):
        return None
    words = tr("« {name} » : DDM du {day} dépassée. Denrée saine, on la garde ?").format(
        name=line.name, day=short_day(line.best_before)
    )
    return Question(line.rank, Doubt.BEST_BEFORE, words)


def _unsaid(line: DeliveryLine) -> Question | None:
    if line.received is not None:
        return None
    words = tr("« {name} » : rien n’est dit. Noter qu’il manque ?").format(name=line.name)
    return Question(line.rank, Doubt.NOTHING_SAID, words)


def _plain(value: Decimal) -> str:
    return plain(value)
