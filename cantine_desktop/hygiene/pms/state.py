"""What the document of the plan is about: the version of a day, or the shipped plan."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.plan.adapting import TRAITS
from cantine_desktop.hygiene.plan.in_force import (
    points_in_force,
    regime_of,
    traits_of,
    version_in_force,
)
from cantine_desktop.hygiene.plan.model import PlanVersion, Regime
from cantine_desktop.hygiene.plan.points import Category, Point
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.i18n import language, tr


class PlanState(NamedTuple):
    """The plan of a day.

    Attributes:
        version: In force that day; ``None`` for the shipped plan.
        points: Switched on, in the order of the plan.
        regime: Of that day.
        traits: What the canteen has, cooks, buys and serves.
    """

    version: PlanVersion | None
    points: tuple[Point, ...]
    regime: Regime
    traits: frozenset[str]

    def of(self, categories: Iterable[Category]) -> list[Point]:
        """Return the points of some chapters."""
        wanted = set(categories)
        return [point for point in self.points if point.category in wanted]


def state_on(session: Session, day: date) -> PlanState:
    """Return the plan of a day."""
    return PlanState(
        version_in_force(session, day),
        points_in_force(session, day),
        regime_of(session, day),
        traits_of(session, day),
    )


def traits_words(state: PlanState) -> str:
    """Say what the canteen has, cooks, buys and serves, in one sentence."""
    known = [tr(words) for trait, words in TRAITS.items() if trait in state.traits]
    if not known:
        return tr("Rien de particulier n’a été déclaré.")
    first, *others = known
    return ", ".join([first, *map(_lower_first, others)]) + "."


def regime_duties(regime: Regime) -> str:
    """Say what the regime adds, and that nobody settled it for a canteen like this."""
    wanted = [Regime.COLLECTIVE, Regime.COMMERCIAL] if regime is Regime.BOTH else [regime]
    english = language() == "en"
    said: list[str] = []
    for each in wanted:
        text = shipped().regimes[each]
        adds = ", ".join(map(_lower_first, text.adds_en if english else text.adds))
        said.append(tr("{regime} : {adds}.").format(regime=text.name, adds=adds))
    if regime is Regime.BOTH:
        said.append(
            tr(
                "Aucun texte lu ne tranche pour une cantine d’adhérents ouverte au passage : "
                "à demander à la DDPP."
            )
        )
    return " ".join(said)


def _lower_first(words: str) -> str:
    return words[0].lower() + words[1:]
