"""What may be changed in a rule: what the law fixes is tightened, never loosened."""

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

import msgspec

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.measures import Rule
from cantine_desktop.hygiene.plan.points import Basis, Point
from cantine_desktop.i18n import tr

CEILINGS = ("most", "default_max", "start_max", "end_max", "minutes_max", "max_age_months")
FLOORS = ("least", "hold_minutes", "or_min", "hot_min", "rinse_min", "start_min", "end_min")
SET_BY = ("kind", "most_from", "least_from", "hold_minutes_from", "applies_from", "values", "unit")
"""Fields that say how a limit is found: they stay as the text has them."""

WIDEST_TOLERANCE = Decimal(10)

LARGEST = Decimal(100_000)
"""No limit of a kitchen, in any unit, is further from zero."""


def refuse_looser(point: Point, text: Point) -> None:
    """Let a point pass whose limit is that of the text, or stricter.

    Raises:
        UserError: A figure is looser than the law allows; a tolerance is not a limit.
    """
    if is_looser(point.rule, text.rule):
        raise UserError(
            tr(
                "La limite de « {title} » est fixée par un texte : elle peut être plus sévère, "
                "jamais plus large. Une tolérance décide de l’action, pas de la conformité."
            ).format(title=text.name)
        )


def is_looser(rule: Rule, text: Rule) -> bool:
    """Tell whether a rule lets through what another one does not."""
    if any(getattr(rule, name) != getattr(text, name) for name in SET_BY):
        return True
    return (
        any(_is_above(getattr(rule, name), getattr(text, name)) for name in CEILINGS)
        or any(_is_below(getattr(rule, name), getattr(text, name)) for name in FLOORS)
        or _has_looser_bands(rule, text)
        or (text.by_content and not rule.by_content)
        or (text.below_min is Verdict.BREACH and rule.below_min is not Verdict.BREACH)
        or bool(set(text.bad) - set(rule.bad))
    )


def honest(point: Point, text: Point | None) -> Point:
    """Return a point that claims no more than it may: its bases follow from its figures.

    A limit that is no longer that of the text, be it stricter, is the canteen's choice; so
    is a frequency. Only shipped points rest on what their text rests on.
    """
    if text is None:
        return msgspec.structs.replace(
            point, limit_basis=Basis.INTERNAL, frequency_basis=Basis.PLAN
        )
    is_same = _limits(point.rule) == _limits(text.rule)
    is_as_often = point.frequency is text.frequency
    return msgspec.structs.replace(
        point,
        basis=text.basis,
        sources=text.sources,
        limit_basis=text.limit_basis if is_same else Basis.INTERNAL,
        frequency_basis=text.frequency_basis if is_as_often else Basis.PLAN,
    )


def _limits(rule: Rule) -> Rule:
    """Return a rule without what is no limit: its tolerance, its target, its families."""
    return msgspec.structs.replace(
        rule, tolerance=Decimal(0), target=None, alert=None, target_minutes=None, families=()
    )


def refuse_rarer(point: Point, text: Point) -> None:
    """Let a point pass that is checked as its text asks.

    Raises:
        UserError: A text fixes how often, and the point says another rhythm.
    """
    if text.frequency_basis is Basis.LAW and point.frequency is not text.frequency:
        raise UserError(
            tr("La fréquence de « {title} » est fixée par un texte.").format(title=text.name)
        )


def _is_above(limit: Decimal | None, fixed: Decimal | None) -> bool:
    """Tell whether a ceiling is higher than the fixed one, or gone."""
    return fixed is not None and (limit is None or limit > fixed)


def _is_below(bound: Decimal | None, fixed: Decimal | None) -> bool:
    """Tell whether a floor is lower than the fixed one, or gone."""
    return fixed is not None and (bound is None or bound < fixed)


def _has_looser_bands(rule: Rule, text: Rule) -> bool:
    """Tell whether food may stay warmer, or longer, than the steps of a text allow."""
    if not text.bands:
        return bool(rule.bands)
    if not rule.bands:
        return True
    return any(
        _minutes_at(text, band.most) is None
        or _is_above(band.minutes_out_max, _minutes_at(text, band.most))
        for band in rule.bands
        if _minutes_at(text, band.most) != Decimal("Infinity")
    )


def _minutes_at(rule: Rule, value: Decimal) -> Decimal | None:
    """Return how long food may be at a temperature; ``None`` when it may not be."""
    band = next((band for band in rule.bands if value <= band.most), None)
    if band is None:
        return None
    return Decimal("Infinity") if band.minutes_out_max is None else band.minutes_out_max


def refuse_impossible(point: Point) -> None:
    """Let a rule pass that some measure can meet.

    Raises:
        UserError: Its lowest value is above its highest, or its tolerance is absurd.
    """
    rule = point.rule
    if not all(value.is_finite() and abs(value) <= LARGEST for value in _figures(rule)):
        raise UserError(tr("Une limite est un nombre, au plus 100 000."))
    if not 0 <= rule.tolerance <= WIDEST_TOLERANCE:
        raise UserError(tr("Une tolérance va de 0 à 10 : au-delà, ce n’est plus un contrôle."))
    if rule.least is not None and rule.most is not None and rule.least > rule.most:
        raise UserError(tr("Le minimum dépasse le maximum : aucune mesure ne serait conforme."))
    for name in ("minutes_max", "hold_minutes", "max_age_months"):
        value = getattr(rule, name)
        if value is not None and value < 0:
            raise UserError(tr("Une durée ne descend pas sous zéro."))


def _figures(value: object) -> Iterator[Decimal]:
    """Yield every number of a rule, those of its bands and families too."""
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _figures(getattr(value, name))
    elif isinstance(value, tuple):
        for each in cast("tuple[object, ...]", value):
            yield from _figures(each)
