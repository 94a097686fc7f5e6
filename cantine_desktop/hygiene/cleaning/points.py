"""Control points of the plan as rows of a sheet of days, and what their boxes mean."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.cleaning.matrix import Item, Takes
from cantine_desktop.hygiene.cleaning.model import Answer, Every, PointCheck
from cantine_desktop.hygiene.faults import Fault, Severity
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.in_force import point_of, points_in_force, rule_of
from cantine_desktop.hygiene.plan.measures import Measure, Measured, Rule
from cantine_desktop.hygiene.plan.points import Category, Point, Rhythm
from cantine_desktop.hygiene.plan.rules import bounds_of, evaluate
from cantine_desktop.hygiene.registers.register import Judgement
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.values.period import Period

OPENING, CLOSING = "opening", "closing"
RINSE = "/rinse"
"""Ends the key of the second row of a point that measures two temperatures."""

ANY_NUMBER = Decimal(10_000)

_EVERY = {
    Rhythm.OPENING: Every.DAILY,
    Rhythm.CLOSING: Every.DAILY,
    Rhythm.DAILY: Every.DAILY,
    Rhythm.PER_SERVICE: Every.PER_SERVICE,
    Rhythm.WEEKLY: Every.WEEKLY,
    Rhythm.MONTHLY: Every.MONTHLY,
    Rhythm.QUARTERLY: Every.QUARTERLY,
}
_NUMBERS = frozenset({
    Measure.TEMPERATURE,
    Measure.DURATION,
    Measure.COUNT,
    Measure.PERCENT,
    Measure.SCORE,
    Measure.DELTA,
})
_AT_OPENING = frozenset({Category.STORAGE, Category.PREMISES})

CATEGORY_TITLES = {
    Category.STORAGE: mark("Stockage"),
    Category.PREPARATION: mark("Préparation"),
    Category.CLEANING: mark("Nettoyage"),
    Category.PREMISES: mark("Locaux"),
    Category.PESTS: mark("Nuisibles"),
    Category.WATER: mark("Eau"),
    Category.WASTE: mark("Déchets"),
    Category.STAFF: mark("Personnel"),
    Category.MAINTENANCE: mark("Entretien"),
}
"""Titles of the groups of control points, marked."""


def day_items(session: Session, period: Period) -> list[Item]:
    """Return the control points of the sheet of opening and closing."""
    points = [point for point in _points(session, period) if point.sheet == "SH-DAY"]
    items = [_item(point, (_part_of(point),)) for point in points]
    return _by_zone(items)


def week_items(session: Session, period: Period) -> list[Item]:
    """Return the control points of the week and of the month, measured ones included.

    The checks of the cleaning itself stand here too: its plan has a sheet of its own.
    """
    items: list[Item] = []
    for point in _points(session, period):
        is_own_line = point.sheet == "SH-CLEAN" and not point.rule.cleaning
        if point.sheet == "SH-WEEK" or is_own_line:
            items.append(_item(point))
            if point.rule.rinse_min is not None:
                items.append(_rinse_item(point))
    return _by_zone(items)


def judge_point(session: Session, item: Item, record: PointCheck) -> Judgement:
    """Return what a box of a control point means, by the plan in force on its day."""
    code = str(item.key).removesuffix(RINSE)
    rule = _rule_of_row(rule_of(session, code, record.day), str(item.key))
    return judge_box(session, code, rule, item, record)


def judge_box(session: Session, code: str, rule: Rule, item: Item, record: Any) -> Judgement:
    """Return what an answer or a number means under a rule.

    A box that says nothing, or why it was not done, is not done; it is never conform.
    """
    if record.answer is Answer.NOT_DONE:
        return Judgement(Verdict.NOT_DONE)
    if record.answer is Answer.NOT_APPLICABLE:
        return Judgement(Verdict.NOT_APPLICABLE)
    if record.value is None:
        if record.answer is None:
            return Judgement(Verdict.NOT_DONE)
        is_right = record.answer is Answer.CONFORM
        verdict = Verdict.CONFORM if is_right else Verdict.BREACH
        return Judgement(verdict, None if is_right else _fault(session, code, item, record))
    found = Measured(value=record.value)
    verdict = evaluate(rule, found)
    if verdict is not Verdict.BREACH:
        return Judgement(verdict)
    bounds = bounds_of(rule, found)
    limit = None
    if bounds is not None:
        too_high = bounds.most is not None and record.value > bounds.most
        limit = bounds.most if too_high else bounds.least
    return Judgement(verdict, _fault(session, code, item, record, limit))


def limit_words(rule: Rule) -> str:
    """Say the limit of a measured point: ``≥ 55 °C``, ``≤ 25 °C``; nothing when it has none."""
    unit = f" {rule.unit}" if rule.unit else ""
    words = [
        tr("{sign} {figure}{unit}").format(sign=sign, figure=number(figure), unit=unit)
        for sign, figure in (("≥", rule.least), ("≤", rule.most))
        if figure is not None and not (sign == "≥" and figure == 0)
    ]
    return ", ".join(words)


def _points(session: Session, period: Period) -> Sequence[Point]:
    """Return the points in force on some day of a period; the latest words of each."""
    found: dict[str, Point] = {}
    for day in _sampled(period):
        found |= {point.code: point for point in points_in_force(session, day)}
    return list(found.values())


def _sampled(period: Period) -> list[date]:
    """Return days enough to meet every version of the plan that lasted a month."""
    days = period.days
    return [*days[::28], days[-1]]


def _part_of(point: Point) -> str:
    if point.frequency in {Rhythm.OPENING, Rhythm.CLOSING}:
        return OPENING if point.frequency is Rhythm.OPENING else CLOSING
    return OPENING if point.category in _AT_OPENING else CLOSING


def _item(point: Point, parts: tuple[str, ...] = ()) -> Item:
    rule = point.rule
    takes = _takes(rule)
    every = _EVERY.get(point.frequency, Every.PER_USE)
    return Item(
        key=point.code,
        title=point.name,
        zone=tr(CATEGORY_TITLES[point.category]) if point.category in CATEGORY_TITLES else "",
        note=limit_words(rule) if takes is not Takes.CHECK else "",
        every=every,
        takes=takes,
        unit=rule.unit if takes is not Takes.CHECK else "",
        places=_places(rule),
        parts=parts,
        tip=tr("{code} : {title}").format(code=point.code, title=point.name),
        most=ANY_NUMBER if rule.kind is not Measure.TEMPERATURE else None,
        optional=every is Every.PER_USE,
    )


def _rinse_item(point: Point) -> Item:
    wash, key = _item(point), f"{point.code}{RINSE}"
    title = tr("{title} (rinçage)").format(title=wash.title)
    return replace(wash, key=key, title=title, note=limit_words(_rule_of_row(point.rule, key)))


def _takes(rule: Rule) -> Takes:
    if rule.kind not in _NUMBERS or rule.least_from is not None or rule.most_from is not None:
        return Takes.CHECK
    return Takes.EITHER if rule.optional else Takes.NUMBER


def _places(rule: Rule) -> int:
    return 1 if rule.kind in {Measure.TEMPERATURE, Measure.DELTA, Measure.PERCENT} else 0


def _rule_of_row(rule: Rule, key: str) -> Rule:
    """Return the part of a rule that a row answers: the wash, or the rinse."""
    if rule.rinse_min is None:
        return rule
    if key.endswith(RINSE):
        bare = {"least": rule.rinse_min, "target": None, "tolerance": Decimal(0)}
        return msgspec.structs.replace(rule, rinse_min=None, **bare)
    return msgspec.structs.replace(rule, rinse_min=None)


def _fault(
    session: Session, code: str, item: Item, record: Any, limit: Decimal | None = None
) -> Fault:
    point = point_of(session, code, record.day)
    return Fault(
        day=record.day,
        subject=item.title,
        point=code,
        measured=record.value,
        limit=limit,
        unit=item.unit,
        words=record.note,
        severity=Severity.MAJOR if point is None else point.severity,
    )


def _by_zone(items: Sequence[Item]) -> list[Item]:
    order = {zone: rank for rank, zone in enumerate(dict.fromkeys(item.zone for item in items))}
    return sorted(items, key=lambda item: order[item.zone])
