"""A plan as a file: written for another canteen, read with every problem and its place.

The file is the shipped plan's own TOML, with ``on`` where a point is switched on.
"""

import re
import tomllib
from collections.abc import Iterable
from typing import IO, Any, NamedTuple, cast
from unicodedata import category

import msgspec
import tomli_w
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.decoding import read_limited
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.hygiene.plan import drafting
from cantine_desktop.hygiene.plan.in_force import read_point
from cantine_desktop.hygiene.plan.model import PlanPoint
from cantine_desktop.hygiene.plan.points import Basis, Point
from cantine_desktop.hygiene.plan.shipped import family_limits, shipped, with_families
from cantine_desktop.hygiene.plan.tightening import honest
from cantine_desktop.i18n import tr
from cantine_desktop.sources import sources

MOST_POINTS = 1000
LONGEST_TEXT = 2000
CODE = re.compile(r"[A-Z]{2,5}-\d{2,3}")


class Template(NamedTuple):
    """A plan that a file holds.

    Attributes:
        points: By code, in the order of the file.
        on: Whether each is switched on, where the file says it.
        problems: What is wrong in the file, with its place.
        is_whole: It is a whole plan: points it lacks are switched off.
    """

    points: dict[str, Point]
    on: dict[str, bool]
    problems: tuple[Problem, ...]
    is_whole: bool = True


class FieldChange(NamedTuple):
    """A field that a template changes: its name, and its values as they are written."""

    name: str
    before: str
    after: str


class Difference(NamedTuple):
    """What a template would do to the plan.

    Attributes:
        added: Points the plan does not have.
        removed: Points switched on that the template lacks: they would be switched off.
        changed: Fields that change, by code.
        kept: The canteen's own points, which stay.
        unchanged: How many points stay as they are.
    """

    added: tuple[Point, ...]
    removed: tuple[Point, ...]
    changed: dict[str, tuple[FieldChange, ...]]
    kept: tuple[Point, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether the template would change nothing."""
        return not (self.added or self.removed or self.changed)


LONG_KEY = re.compile(r"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){30}")
"""A key of so many groups: reading it takes a time that grows with their square."""


def write_toml(rows: Iterable[PlanPoint]) -> str:
    """Write points as the file another canteen can read."""
    written: dict[str, Any] = {}
    for row in rows:
        fields = dict(row.definition)
        written[row.code] = {"on": row.is_on, **_without(fields, "code", "is_own")}
    return tomli_w.dumps({"points": written})


def read_toml(source: IO[bytes]) -> Template:
    """Read a plan; every problem comes with its place, and nothing is kept.

    Raises:
        UnreadableError: The file is no TOML, is too large, or holds no point.
    """
    try:
        text = read_limited(source).decode("utf-8-sig")
        if LONG_KEY.search(text):
            raise UnreadableError(_unreadable(ValueError(tr("clé trop longue"))))
        read = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        raise UnreadableError(_unreadable(error)) from error
    points = _group(read.get("points"))
    if not points:
        raise UnreadableError(whole_file(tr("Ce fichier ne contient aucun point de contrôle.")))
    if len(points) > MOST_POINTS:
        raise UnreadableError(
            whole_file(tr("Ce fichier contient plus de {n} points.").format(n=MOST_POINTS))
        )
    return _read_points(points)


def _unreadable(error: Exception) -> Problem:
    found = re.search(r"line (\d+)", str(error))
    return Problem(
        int(found[1]) if found else 0, "", tr("Ce fichier n’est pas un plan que l’on sait lire.")
    )


def _read_points(written: dict[str, Any]) -> Template:
    points: dict[str, Point] = {}
    switched: dict[str, bool] = {}
    problems: list[Problem] = []
    for code, fields in written.items():
        place = f"points.{code[:40]}"
        try:
            point, is_on = _read_one(code, fields)
        except msgspec.ValidationError as error:
            problems.append(_located(place, error))
        except UserError as error:
            problems.append(Problem(0, place, str(error)))
        else:
            points[code] = point
            if is_on is not None:
                switched[code] = is_on
    return Template(points, switched, tuple(problems))


def _read_one(code: str, fields: Any) -> tuple[Point, bool | None]:
    if not CODE.fullmatch(code) or code.startswith("OWN-"):
        raise UserError(tr("Un code s’écrit « STO-03 » ; OWN est gardé pour vos points."))
    group = _group(fields)
    if group is None:
        raise UserError(tr("Un point est un groupe de lignes."))
    is_on = group.get("on")
    if is_on is not None and not isinstance(is_on, bool):
        raise UserError(tr("« on » vaut true ou false."))
    read = msgspec.convert({**_without(group, "on", "is_own"), "code": code}, Point)
    point = msgspec.structs.replace(read, rule=with_families(read.rule, family_limits()))
    _check(point)
    return honest(point, shipped().points.get(code)), is_on


def _group(value: Any) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _check(point: Point) -> None:
    """Let a point of a file pass.

    Raises:
        UserError: It cites what nobody knows, is too long, or calls a limit of its own law.
    """
    texts = (point.title, point.title_en, point.note, point.note_en, point.sheet, point.equipment)
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise UserError(tr("Un texte est trop long."))
    if any(category(letter)[0] == "C" and letter != "\n" for text in texts for letter in text):
        raise UserError(tr("Un texte contient un caractère invisible : retapez-le."))
    if unknown := set(point.sources) - sources().keys():
        raise UserError(tr("Source inconnue : {source}.").format(source=min(unknown)[:40]))
    if unknown := set(point.actions) - shipped().actions.keys():
        raise UserError(tr("Action inconnue : {action}.").format(action=min(unknown)[:40]))
    if point.code not in shipped().points and point.limit_basis is Basis.LAW:
        raise UserError(
            tr("Seuls les points fournis citent un texte comme limite : écrivez « internal ».")
        )
    drafting.check_point(point)


def _located(place: str, error: msgspec.ValidationError) -> Problem:
    """Return a problem at the field that cannot be read."""
    field = re.search(r"at `\$\.?([^`]*)`", str(error))
    unknown = re.search(r"unknown field `([^`]*)`", str(error))
    inside = ".".join(part for part in (field and field[1], unknown and unknown[1]) if part)
    text = tr("Champ inconnu.") if unknown else tr("Valeur inattendue, ou champ qui manque.")
    return Problem(0, f"{place}.{inside}" if inside else place, text)


def compare(session: Session, template: Template) -> Difference:
    """Return what a template would do to the draft, or to the latest version."""
    version = drafting.draft(session) or drafting.latest_version(session)
    rows = list(version.points) if version is not None else []
    present = {row.code: (read_point(row), row.is_on) for row in rows}
    if version is None:
        present = {code: (p, drafting.starts_on(p)) for code, p in shipped().points.items()}
    changed = {
        code: fields
        for code, point in template.points.items()
        if code in present
        and (fields := _changes(present[code], point, is_on=template.on.get(code)))
    }
    known = [code for code in template.points if code in present]
    return Difference(
        added=tuple(p for code, p in template.points.items() if code not in present),
        removed=tuple(
            point
            for code, (point, is_on) in present.items()
            if template.is_whole and is_on and not point.is_own and code not in template.points
        ),
        changed=changed,
        kept=tuple(point for point, _on in present.values() if point.is_own),
        unchanged=len(known) - len(changed),
    )


def apply(session: Session, template: Template) -> Difference:
    """Bring a template into the draft; the canteen's own points stay.

    Raises:
        UserError: The file has problems: nothing is taken.
    """
    if template.problems:
        raise UserError(tr("Ce fichier a des problèmes : rien n’a été repris."))
    found = compare(session, template)
    version = drafting.start_draft(session)
    rows = {row.code: row for row in version.points}
    for code, point in template.points.items():
        is_on = template.on.get(code)
        if code not in rows:
            on = drafting.starts_on(point) if is_on is None else is_on
            session.add(drafting.append(version, point, is_on=on))
            continue
        row = rows[code]
        row.definition, row.title = drafting.as_json(point), point.title
        row.is_on = row.is_on if is_on is None else is_on
    for point in found.removed:
        rows[point.code].is_on = False
    session.flush()
    return found


def _changes(
    present: tuple[Point, bool], point: Point, *, is_on: bool | None
) -> tuple[FieldChange, ...]:
    former, was_on = present
    before, after = _flat(former), _flat(point)
    if is_on is not None:
        before["on"], after["on"] = str(was_on), str(is_on)
    names = sorted(before.keys() | after.keys())
    return tuple(
        FieldChange(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _flat(point: Point) -> dict[str, str]:
    """Return the fields of a point as texts, those of its rule beside the others."""
    fields = _without(drafting.as_json(point), "code", "is_own")
    rule: dict[str, Any] = fields.pop("rule")
    both = {**fields, **{f"rule.{name}": value for name, value in rule.items()}}
    return {name: _text(value) for name, value in both.items()}


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, cast("list[Any]", value)))
    if (group := _group(value)) is not None:
        return ", ".join(f"{name} {_text(inner)}" for name, inner in group.items())
    return str(value)


def _without(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}
