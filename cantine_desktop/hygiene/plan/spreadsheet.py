"""Points of a plan as a sheet (CSV): written for a spreadsheet, read back with every problem."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

import msgspec
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.cells import Convert, decimal_with, one_of, to_text
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.exchange.sheets import Field, Row, read_sheet
from cantine_desktop.exchange.writers import Table, Value
from cantine_desktop.hygiene.plan import drafting
from cantine_desktop.hygiene.plan.in_force import read_point
from cantine_desktop.hygiene.plan.measures import Rule
from cantine_desktop.hygiene.plan.model import PlanPoint
from cantine_desktop.hygiene.plan.points import Point
from cantine_desktop.hygiene.plan.shipped import family_limits, shipped, with_families
from cantine_desktop.hygiene.plan.template import CODE, Template
from cantine_desktop.hygiene.plan.tightening import honest
from cantine_desktop.hygiene.plan.wording import (
    CATEGORIES,
    MEASURES,
    PEOPLE,
    RHYTHMS,
    SEVERITIES,
    bases_words,
    limit_words,
    sources_words,
)
from cantine_desktop.i18n import tr

HEADINGS = (
    "code",
    "coche",
    "titre",
    "categorie",
    "mesure",
    "unite",
    "minimum",
    "maximum",
    "tolerance",
    "frequence",
    "gravite",
    "qui",
    "note",
    "limite",
    "bases",
    "sources",
)
"""Columns of the file; the last three are for reading only."""

_ON = {"oui": True, "non": False}
_FIGURES = {"least": "minimum", "most": "maximum", "tolerance": "tolerance"}


def _choice(words: dict[Any, str]) -> Convert[Any]:
    """Return the reader of a French word, the same whatever the language of the window."""
    return one_of({word: value for value, word in words.items()})


FIELDS: tuple[Field, ...] = (
    Field("code", "code", to_text),
    Field("on", "coche", one_of(_ON), required=False),
    Field("title", "titre", to_text, required=False),
    Field("category", "categorie", _choice(CATEGORIES), required=False),
    Field("kind", "mesure", _choice(MEASURES), required=False),
    Field("unit", "unite", to_text, required=False),
    Field("least", "minimum", decimal_with(3), required=False),
    Field("most", "maximum", decimal_with(3), required=False),
    Field("tolerance", "tolerance", decimal_with(3), required=False),
    Field("frequency", "frequence", _choice(RHYTHMS), required=False),
    Field("severity", "gravite", _choice(SEVERITIES), required=False),
    Field("done_by", "qui", _choice(PEOPLE), required=False),
    Field("note", "note", to_text, required=False),
)


def table_of_points(rows: Iterable[PlanPoint]) -> Table:
    """Return the points of a version, to be written as CSV."""
    return Table(HEADINGS, [_line(row) for row in rows])


def _line(row: PlanPoint) -> Sequence[Value]:
    point = read_point(row)
    rule = point.rule
    return (
        point.code,
        "oui" if row.is_on else "non",
        point.title,
        CATEGORIES[point.category],
        MEASURES[rule.kind],
        rule.unit,
        rule.least,
        rule.most,
        rule.tolerance or None,
        RHYTHMS[point.frequency],
        SEVERITIES[point.severity],
        PEOPLE[point.done_by],
        point.note,
        limit_words(rule),
        bases_words(point),
        sources_words(point),
    )


def read_csv(session: Session, source: IO[bytes]) -> Template:
    """Read points from a sheet; an empty cell, or a point left out, stays as the plan has it.

    Raises:
        UnreadableError: The file is no sheet, is too large, or lacks the column « code ».
    """
    sheet = read_sheet(source, FIELDS)
    version = drafting.draft(session) or drafting.latest_version(session)
    rows = version.points if version is not None else []
    known = {row.code: read_point(row) for row in rows} or dict(shipped().points)
    points: dict[str, Point] = {}
    switched: dict[str, bool] = {}
    problems = list(sheet.problems)
    for row in sheet.rows:
        found = _read_row(row, known, points)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        points[found.code] = found
        if row["on"] is not None:
            switched[found.code] = row["on"]
    own = {code: point for code, point in points.items() if point.is_own}
    left = {code: point for code, point in points.items() if code not in own}
    return Template(
        left, {c: on for c, on in switched.items() if c in left}, tuple(problems), is_whole=False
    )


def _read_row(row: Row, known: dict[str, Point], read: dict[str, Point]) -> Point | Problem:
    code = str(row["code"])
    if not CODE.fullmatch(code):
        return row.problem("code", tr("Un code s’écrit « STO-03 »."))
    if code in read:
        return row.problem("code", tr("Ce code est déjà plus haut dans le fichier."))
    try:
        point = _changed(known[code], row) if code in known else _new(code, row)
        drafting.check_point(point)
    except UserError as error:
        return row.problem("", str(error))
    return honest(point, shipped().points.get(code))


def _changed(point: Point, row: Row) -> Point:
    names = ("title", "category", "frequency", "severity", "done_by", "note")
    given = {name: row[name] for name in names if row[name] is not None}
    figures = {name: row[name] for name in _FIGURES if row[name] is not None}
    same = {name: value for name, value in figures.items() if _same(point.rule, name, value)}
    figures = {name: value for name, value in figures.items() if name not in same}
    rule = msgspec.structs.replace(point.rule, **figures)
    return msgspec.structs.replace(point, rule=rule, **given)


def _same(rule: Rule, name: str, value: Decimal) -> bool:
    return bool(getattr(rule, name) == value)


def _new(code: str, row: Row) -> Point:
    """Return a point the plan does not have.

    Raises:
        UserError: It lacks a title, a category or a measure.
    """
    if row["title"] is None or row["category"] is None or row["kind"] is None:
        raise UserError(tr("Un point que le plan n’a pas a un titre, une catégorie et une mesure."))
    figures = {name: row[name] for name in _FIGURES if row[name] is not None}
    rule = with_families(Rule(kind=row["kind"], unit=row["unit"] or "", **figures), family_limits())
    names = ("frequency", "severity", "done_by", "note")
    given = {name: row[name] for name in names if row[name] is not None}
    return Point(code=code, title=row["title"], category=row["category"], rule=rule, **given)
