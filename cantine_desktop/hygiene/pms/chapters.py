"""The chapters of the plan that say what is done: practices, equipment, cleaning, HACCP."""

from collections.abc import Iterable, Sequence
from datetime import date

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.documents.styles import heading, lead, paragraph, small, title
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.hygiene.cleaning.plan_page import plan_page
from cantine_desktop.hygiene.cleaning.tasks import cleaning_tasks
from cantine_desktop.hygiene.equipment.naming import in_service
from cantine_desktop.hygiene.equipment.words import kind_name as appliance_name
from cantine_desktop.hygiene.plan.measures import Measure
from cantine_desktop.hygiene.plan.points import Basis, Kind, Point
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.hygiene.plan.wording import (
    BASES,
    CATEGORIES,
    KINDS,
    PEOPLE,
    RHYTHMS,
    limit_basis_words,
    limit_words,
    source_words,
    tolerance_words,
)
from cantine_desktop.hygiene.pms.hazards import HAZARDS
from cantine_desktop.hygiene.pms.practices import PRACTICES
from cantine_desktop.hygiene.pms.state import PlanState
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.hygiene.words import frequency_name, kind_name, limit_reason
from cantine_desktop.i18n import tr, trn
from cantine_desktop.sources import sources
from cantine_desktop.values.period import Period


def practices(state: PlanState) -> list[Flowable]:
    """Return the good practices, each with the checks that prove it."""
    story: list[Flowable] = [title(tr("1. Bonnes pratiques d’hygiène"))]
    for practice in PRACTICES:
        story.append(heading(tr(practice.title)))
        story += [paragraph(f"– {tr(rule)}") for rule in practice.rules]
        points = [point for point in state.of(practice.categories) if point.kind is Kind.PRP]
        if points:
            story.append(_checks(points))
        story.append(small(_cited(practice.sources)))
    covered = {category for practice in PRACTICES for category in practice.categories}
    others = [
        point for point in state.points if point.kind is Kind.PRP and point.category not in covered
    ]
    if others:
        story += [heading(tr("Cuisine, plats témoins, traçabilité, documents")), _checks(others)]
    return story


def _checks(points: Sequence[Point]) -> Flowable:
    columns = [
        Column(tr("Code"), 1.1),
        Column(tr("Contrôle"), 5),
        Column(tr("Limite (base)"), 3),
        Column(tr("Fréquence (base)"), 2.6),
    ]
    rows = [
        [
            point.code,
            point.name,
            _limit(point),
            _based(tr(RHYTHMS[point.frequency]), point.frequency_basis),
        ]
        for point in points
    ]
    return ruled_table(columns, rows, size=8.5)


def _limit(point: Point) -> str:
    """Write a limit and who fixed it; a check without a figure has none."""
    words = limit_words(point.rule)
    is_figure = point.rule.kind not in {Measure.CHECK, Measure.CHOICE}
    basis = limit_basis_words(point)
    return tr("{words} ({basis})").format(words=words, basis=basis) if is_figure else words


def _based(words: str, basis: Basis) -> str:
    """Write words and who decided them, shortly: ``≤ 4 °C (texte)``."""
    return tr("{words} ({basis})").format(words=words, basis=tr(BASES[basis]))


def equipment(session: Session, day: date) -> list[Flowable]:
    """Return the cold units with their limits, then the appliances and instruments."""
    units = [unit for unit in cold_units(session) if unit.in_service(day)]
    story: list[Flowable] = [heading(tr("Enceintes froides et limites"))]
    if units:
        columns = [
            Column(tr("Enceinte"), 3),
            Column(tr("Limite, ce qui la fixe, tolérance"), 6),
            Column(tr("Relevé"), 2.4),
        ]
        rows = [
            [
                tr("{name} ({kind})").format(name=unit.name, kind=kind_name(unit.kind)),
                limit_reason(unit.bounds, unit.derived.family),
                frequency_name(unit.frequency),
            ]
            for unit in units
        ]
        story.append(ruled_table(columns, rows, size=8.5))
    else:
        story.append(paragraph(tr("Aucune enceinte froide n’est encore décrite.")))
    appliances = in_service(session, day)
    if appliances:
        columns = [Column(tr("Appareil"), 4), Column(tr("Genre"), 3), Column(tr("Numéro, lieu"), 3)]
        lines = [
            [
                each.name,
                appliance_name(each.kind),
                " · ".join(p for p in (each.number, each.place) if p),
            ]
            for each in appliances
        ]
        story += [
            lead(trn("{n} appareil ou instrument", "{n} appareils et instruments", len(lines))),
            ruled_table(columns, lines, size=8.5),
        ]
    return story


def cleaning(session: Session, day: date) -> list[Flowable]:
    """Return the cleaning plan of the canteen, or the one to start from until it has its own."""
    period = Period.through(day, day)
    if cleaning_tasks(session, period):
        return [heading(tr("Plan de nettoyage")), *plan_page(session, period)]
    columns = [
        Column(tr("Zone ou matériel"), 4),
        Column(tr("Fréquence"), 2.4),
        Column(tr("Méthode"), 3.6),
        Column(tr("Contact"), 1.3),
    ]
    rows = [
        [
            item.name,
            tr(RHYTHMS[item.frequency]),
            item.method + (tr(", rinçage") if item.rinse else ""),
            tr("{n} min").format(n=item.contact_minutes),
        ]
        for item in shipped().cleaning.values()
    ]
    return [
        heading(tr("Plan de nettoyage de départ, à compléter")),
        ruled_table(columns, rows, size=8.5),
        small(
            tr(
                "Produit, dose et temps de contact : ceux de l’étiquette du produit ; les minutes "
                "ci-dessus ne valent que jusque-là."
            )
        ),
    ]


def hazard_analysis(state: PlanState) -> list[Flowable]:
    """Return the hazard analysis, then the HACCP plan: critical points and their limits."""
    points = [point for point in state.points if point.kind is not Kind.PRP]
    return [
        title(tr("2. Analyse des dangers et plan HACCP")),
        paragraph(
            tr(
                "Pour chaque étape, on cherche ce qui peut rendre un repas dangereux, d’où cela "
                "vient et ce qui le maîtrise. Une étape que rien ne rattrape ensuite est un point "
                "critique (CCP) ; une étape que tient une bonne pratique suivie de près est un "
                "programme préalable opérationnel (PrPO). Ce classement est une proposition : la "
                "cantine le fait sien en mettant le plan en vigueur."
            )
        ),
        _hazard_table(),
        heading(tr("Points critiques et programmes opérationnels")),
        _critical_table(points),
        *_left_out(state),
    ]


def _hazard_table() -> Flowable:
    columns = [
        Column(tr("Étape"), 2.3),
        Column(tr("Danger biologique"), 3.2),
        Column(tr("Autre danger"), 2.6),
        Column(tr("Cause"), 3),
        Column(tr("Maîtrise"), 3.2),
    ]
    rows = [
        [
            tr(CATEGORIES[hazard.category]),
            tr(hazard.biological),
            tr(hazard.other) if hazard.other else "–",
            tr(hazard.cause),
            tr(hazard.measure),
        ]
        for hazard in HAZARDS
    ]
    return ruled_table(columns, rows, size=8.5)


def _critical_table(points: Iterable[Point]) -> Flowable:
    columns = [
        Column(tr("Point"), 3),
        Column(tr("Limite et base"), 2.8),
        Column(tr("Surveillance"), 2.6),
        Column(tr("En cas d’écart"), 3.6),
        Column(tr("Sources"), 3),
    ]
    rows: list[Row] = []
    for kind in (Kind.CCP, Kind.PRPO):
        found = [point for point in points if point.kind is kind]
        if found:
            rows.append(Band(tr(KINDS[kind])))
            rows += [_critical_row(point) for point in found]
    return ruled_table(columns, rows, size=8)


def _critical_row(point: Point) -> list[str]:
    plan = shipped()
    limit = _limit(point)
    if tolerance := tolerance_words(point.rule):
        limit += tr(" ; tolérance : {words}").format(words=tolerance)
    sheet = plan.sheets[point.sheet].name if point.sheet in plan.sheets else ""
    watch = [tr(RHYTHMS[point.frequency]), tr(PEOPLE[point.done_by]), sheet]
    actions = [plan.actions[code].name for code in point.actions if code in plan.actions]
    return [
        f"{point.code} · {point.name}",
        limit,
        " · ".join(part for part in watch if part),
        " / ".join(actions),
        _cited(point.sources),
    ]


def _left_out(state: PlanState) -> list[Flowable]:
    """Say which critical points this canteen does not do: none is lost in silence."""
    here = {point.code for point in state.points}
    missing = [
        f"{point.code} {point.name}"
        for point in shipped().points.values()
        if point.kind is not Kind.PRP and point.code not in here
    ]
    if not missing:
        return []
    return [
        small(tr("Non cochés dans cette cantine : {points}.").format(points=" ; ".join(missing)))
    ]


def _cited(keys: Iterable[str]) -> str:
    return " ; ".join(source_words(sources()[key]) for key in keys)
