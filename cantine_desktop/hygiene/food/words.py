"""What is printed above the rows of food: limits by the plan in force, and what they rest on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import WARES, Ware, label_of
from cantine_desktop.hygiene.plan.in_force import point_of, rule_of
from cantine_desktop.hygiene.plan.points import Basis, Point
from cantine_desktop.hygiene.plan.rules import Rule
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.hygiene.words import status_words
from cantine_desktop.i18n import celsius, number, tr
from cantine_desktop.sources import Status, sources


def degrees(value: Decimal | None) -> str:
    """Write a limit without needless decimals: ``4 °C``, ``−18 °C``; nothing when none."""
    if value is None:
        return ""
    whole = value.to_integral_value()
    return celsius(whole if whole == value else value)


def plain(value: Decimal | None) -> str:
    """Write a number without needless decimals; nothing when there is none."""
    if value is None:
        return ""
    whole = value.to_integral_value()
    return number(whole if whole == value else value)


def ware_limits(session: Session, day: date) -> str:
    """Return the limit of every family at reception, the strictest first, on one line."""
    known = {family.key: family for family in rule_of(session, "REC-02", day).families}
    groups: dict[Decimal, list[str]] = {}
    for ware in Ware:
        family = known.get(ware)
        if family is not None and family.most is not None and ware is not Ware.DRY:
            groups.setdefault(family.most, []).append(tr(label_of(WARES, ware)).lower())
    said = [
        tr("{families} ≤ {limit}").format(families=", ".join(names), limit=degrees(limit))
        for limit, names in sorted(groups.items())
    ]
    return " ; ".join(said)


def core_words(rule: Rule) -> str:
    """Write a core temperature to reach: ``≥ 71 °C, ou 70 °C pendant 2 min``."""
    if rule.least is None:
        return tr("le barème écrit de la recette")
    held = tr("{limit} pendant {n} min").format(
        limit=degrees(rule.least), n=plain(rule.hold_minutes)
    )
    if rule.hold_minutes is None:
        return f"≥ {degrees(rule.least)}"
    if rule.or_min is None:
        return f"≥ {held}"
    return tr("≥ {alone}, ou {held}").format(alone=degrees(rule.or_min), held=held)


def basis_line(session: Session, codes: Iterable[str], day: date) -> str:
    """Return who sets the limits and the frequency of points, on one small line.

    Only what a text, read or not yet checked, fixes is said to be a text, and how sure its
    wording is stands beside it. Where the plan follows none of the points, the sheet still
    says limits: they are those of the shipped plan.
    """
    codes = tuple(codes)
    points = [point for code in codes if (point := point_of(session, code, day)) is not None]
    points = points or [shipped().points[code] for code in codes]
    rhythms = dict.fromkeys(_basis(point.frequency_basis) for point in points)
    return tr("Limites : {limits}. Fréquence : {rhythms}.").format(
        limits=", ".join(_limits(points)), rhythms=", ".join(rhythms)
    )


def _limits(points: Iterable[Point]) -> Iterator[str]:
    """Yield each basis once, the text first, with the sources it rests on."""
    cited: dict[Basis, dict[str, None]] = {}
    for point in points:
        cited.setdefault(point.limit_basis, {}).update(dict.fromkeys(_cited(point)))
    told = set[str]()
    for basis in (Basis.LAW, Basis.GUIDANCE):
        titles = [title for title in cited.get(basis, {}) if title not in told]
        told.update(titles)
        if basis in cited:
            yield f"{_basis(basis)} ({' ; '.join(titles)})" if titles else _basis(basis)
    if cited.keys() - {Basis.LAW, Basis.GUIDANCE}:
        yield tr("choix de la cantine")


def _cited(point: Point) -> Iterator[str]:
    """Yield the source of a limit; a recommendation is never said to stand in a text read."""
    found = [sources()[key] for key in point.sources if key in sources()]
    if point.limit_basis is Basis.GUIDANCE:
        found = [source for source in found if source.status is not Status.TEXT]
    for source in found[:1]:
        # The parenthesis around the list is enough.
        title = source.title.replace(" (", ", ").replace(")", "")
        is_sure = source.status in {Status.TEXT, Status.OFFICIAL}
        yield title if is_sure else f"{title}, {status_words(source)}"


def _basis(basis: Basis) -> str:
    if basis is Basis.LAW:
        return tr("texte")
    return tr("recommandation") if basis is Basis.GUIDANCE else tr("choix de la cantine")


def known(*lines: str) -> Sequence[str]:
    """Return the lines that say something."""
    return tuple(line for line in lines if line)
