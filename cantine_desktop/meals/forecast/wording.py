"""The reasons of a forecast, in sentences."""

from decimal import Decimal

from cantine_desktop.i18n import mark, number, tr, trn
from cantine_desktop.meals.forecast.history import BRIDGE, SCHOOL, Slot
from cantine_desktop.meals.forecast.learning import Guess
from cantine_desktop.meals.forecast.walking import COLD, rounded
from cantine_desktop.meals.services.model import KINDS

WEEKDAYS = (
    mark("lundi"),
    mark("mardi"),
    mark("mercredi"),
    mark("jeudi"),
    mark("vendredi"),
    mark("samedi"),
    mark("dimanche"),
)

_EFFECTS = {
    SCHOOL: mark("Vacances scolaires : {difference} d’ordinaire."),
    BRIDGE: mark("Veille ou lendemain de jour férié : {difference} d’ordinaire."),
}
_EFFECT_UNSEEN = {
    SCHOOL: mark("Vacances scolaires : aucun effet mesuré."),
    BRIDGE: mark("Veille ou lendemain de jour férié : aucun effet mesuré."),
}
_LEAST = 0.02
"""A change under this share is not worth a sentence."""

_NOTICED = 0.005


def reasons(
    slot: Slot, guess: Guess, announced: int, absence: float, said: int | None
) -> tuple[str, ...]:
    """Return where a forecast comes from."""
    found = [_habit(slot, guess)]
    for key, effect in guess.effects:
        words = tr(_EFFECTS[key]) if abs(effect - 1) >= _NOTICED else tr(_EFFECT_UNSEEN[key])
        found.append(words.format(difference=change(effect - 1)))
    if abs(guess.trend - 1) >= _LEAST:
        words = tr("Ces dernières semaines : {difference}.")
        found.append(words.format(difference=change(guess.trend - 1)))
    found += _announced(announced, absence)
    if said is not None and said != rounded(guess.expected):
        found.append(trn("Vous avez noté {n} convive.", "Vous avez noté {n} convives.", said))
    return tuple(found)


def certainty(errors: int) -> tuple[str, ...]:
    """Say what the intervals rest on."""
    if not errors:
        return (tr("Trop peu de prévisions passées pour mesurer l’incertitude."),)
    words = trn(
        "Fourchettes d’après l’erreur de {n} prévision passée.",
        "Fourchettes d’après les erreurs des {n} dernières prévisions.",
        errors,
    )
    return (words,)


def cold(
    slot: Slot, learned: int, announced: int, said: int | None, level: float | None
) -> tuple[str, ...]:
    """Say that there is no past to learn from yet, and what stands in for it."""
    found = [
        tr("Pas encore d’historique : {n} services clôturés sur les {least} qu’il faut.").format(
            n=learned, least=COLD
        )
    ]
    if said is not None:
        found.append(tr("Le nombre est celui que vous avez noté."))
    elif level is not None:
        found.append(tr("Le nombre est la médiane de ces services."))
    else:
        words = tr("Le nombre est celui des places à table : {n}.")
        found.append(words.format(n=slot.seats))
    found += _announced(announced, 0.0)
    found.append(tr("Les fourchettes disent ce qui est possible, pas ce qui est probable."))
    return tuple(found)


def change(share: float) -> str:
    """Write a change in whole percents with its sign: ``−12 %``."""
    whole = round(share * 100)
    sign = "+" if whole > 0 else "−" if whole < 0 else "±"
    return f"{sign}{abs(whole)} %"


def percent(share: float) -> str:
    """Write a share in whole percents: ``83 %``."""
    return f"{number(Decimal(round(share * 100)))} %"


def _habit(slot: Slot, guess: Guess) -> str:
    level = rounded(guess.level)
    if guess.same_day:
        words = tr("Médiane des {n} derniers services comparables ({day}, {kind}) : {usual}.")
    else:
        words = tr(
            "Trop peu de services le {day} : médiane des {n} derniers services de toute la "
            "semaine : {usual}."
        )
    day = tr(WEEKDAYS[slot.day.weekday()])
    kind = tr(KINDS[slot.kind]).lower()
    return words.format(n=guess.n, day=day, kind=kind, usual=level)


def _announced(people: int, absence: float) -> list[str]:
    if not people:
        return []
    found = [trn("{n} personne s’est annoncée.", "{n} personnes se sont annoncées.", people)]
    if absence >= _NOTICED:
        words = tr("D’ordinaire, {share} des personnes annoncées ne viennent pas.")
        found.append(words.format(share=percent(absence)))
    return found
