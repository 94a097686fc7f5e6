"""What people say of a service or of a usual one, and what cannot be so."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services.model import ContributionMode, MealKind
from cantine_desktop.meals.services.rhythm import LAST, Rhythm


class Scope(StrEnum):
    """How far a change of one service goes in its series."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What a service and its usual pattern both say.

    Attributes:
        kind: What it is.
        cook_at: When cooks arrive.
        meal_at: When the meal begins.
        seats: Places at table, those of the cooks among them.
        kitchen_places: Places in the kitchen.
        name: Free words; empty for the usual one of its kind.
    """

    kind: MealKind
    cook_at: time
    meal_at: time
    seats: int
    kitchen_places: int
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceFacts(Usual):
    """What is said of one service.

    Attributes:
        day: Its civil day.
        expected: Diners expected; ``None`` leaves it to the forecast.
        mode: How contributions are noted; ``None`` is the canteen's way.
        note: Free words for the team.
    """

    day: date
    expected: int | None = None
    mode: ContributionMode | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PatternFacts(Usual):
    """What is said of a usual service.

    Attributes:
        rhythm: When it comes back.
        in_school_holidays: It goes on in school holidays.
    """

    rhythm: Rhythm
    in_school_holidays: bool = True


def refuse_usual(facts: Usual) -> None:
    """Refuse hours and places that cannot be.

    Raises:
        UserError: The meal comes before the cooks, or places do not fit.
    """
    if facts.meal_at <= facts.cook_at:
        raise UserError(tr("Le repas commence après la cuisine : corrigez l’une des deux heures."))
    if facts.seats < 1:
        raise UserError(tr("Un service a au moins une place à table."))
    if facts.kitchen_places < 0 or facts.kitchen_places > facts.seats:
        raise UserError(
            tr(
                "Les cuisinier·ères mangent aussi : il y a au plus autant de places en cuisine "
                "qu’à table ({seats})."
            ).format(seats=facts.seats)
        )


def refuse_service(facts: ServiceFacts) -> None:
    """Refuse what cannot be said of one service.

    Raises:
        UserError: Hours, places or expected diners cannot be.
    """
    refuse_usual(facts)
    if facts.expected is not None and facts.expected < 0:
        raise UserError(tr("On attend zéro convive ou plus."))


def refuse_pattern(facts: PatternFacts) -> None:
    """Refuse a usual service that cannot be.

    Raises:
        UserError: It has no weekday, ends before it begins, or its rhythm makes no sense.
    """
    refuse_usual(facts)
    rhythm = facts.rhythm
    if not rhythm.weekdays:
        raise UserError(tr("Choisissez au moins un jour de la semaine."))
    if set(rhythm.weekdays) - set("1234567"):
        raise UserError(tr("Les jours vont de 1 (lundi) à 7 (dimanche)."))
    if rhythm.last is not None and rhythm.last < rhythm.first:
        raise UserError(tr("Le dernier jour vient avant le premier."))
    if rhythm.every_weeks < 1:
        raise UserError(tr("Un service revient au plus chaque semaine."))
    if rhythm.nth_of_month is None:
        return
    if rhythm.nth_of_month not in {LAST, 1, 2, 3, 4, 5}:
        raise UserError(tr("Un mois a au plus cinq fois le même jour."))
    if rhythm.every_weeks != 1:
        raise UserError(tr("Choisissez entre « une semaine sur… » et un rang dans le mois."))
