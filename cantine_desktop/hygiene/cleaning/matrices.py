"""The sheets of days: cleaning, opening and closing, week and month, waste, pests."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.cleaning import points, waste
from cantine_desktop.hygiene.cleaning.matrix import Item, Matrix, Part, Takes, Total
from cantine_desktop.hygiene.cleaning.model import (
    Answer,
    BaitStation,
    CleaningMark,
    CleaningTask,
    Every,
    PestCheck,
    PointCheck,
    WasteMeasure,
)
from cantine_desktop.hygiene.cleaning.tasks import bait_stations, cleaning_tasks
from cantine_desktop.hygiene.cleaning.words import (
    contact_text,
    dose_text,
    every_name,
    rhythm,
    when_name,
)
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.in_force import point_of, rule_of
from cantine_desktop.hygiene.registers.register import Judgement
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

TOUCHES, TRACES = "touches", "traces"
STATIONS = "PES-02"
WEIGHING = "WST-03"
HEAVIEST = Decimal(200)
"""Kilograms a canteen throws away in a day at most: more is a number in grams."""

MOST_DINERS = Decimal(5000)


def cleaning_items(session: Session, period: Period) -> list[Item]:
    """Return the lines of the cleaning plan, zone by zone."""
    return [_task_item(task) for task in cleaning_tasks(session, period)]


def judge_cleaning(_session: Session, _item: Item, record: CleaningMark) -> Judgement:
    """Return what a box of the cleaning sheet means: done, when somebody's initials say so."""
    if record.answer is Answer.NOT_APPLICABLE:
        return Judgement(Verdict.NOT_APPLICABLE)
    done = record.answer is Answer.CONFORM and bool(record.initials.strip())
    return Judgement(Verdict.CONFORM if done else Verdict.NOT_DONE)


def cleaning_legend(session: Session, period: Period) -> list[str]:
    """Return what is always true of the cleaning sheet, and what labels still have to say."""
    lines = [tr("Une case n’est cochée que par la personne qui a nettoyé.")]
    tasks = cleaning_tasks(session, period)
    silent = {
        task.product.name
        for task in tasks
        if task.product and (task.product.contact_minutes is None or not task.product.dose)
    }
    if silent:
        names = ", ".join(sorted(silent))
        lines.append(tr("Étiquette à lire (dose, temps de contact) : {names}.").format(names=names))
    return lines


def waste_items(session: Session, period: Period) -> list[Item]:
    """Return the lines of the weighing: three sources, what could be eaten apart, the diners."""
    is_due = point_of(session, WEIGHING, period.last) is not None
    items = [
        Item(
            key=waste.line_of(source, share),
            title=tr(waste.SHARE_TITLES[share]).capitalize(),
            zone=tr(waste.FROM_TITLES[source]),
            every=Every.PER_SERVICE,
            takes=Takes.NUMBER,
            unit="kg",
            places=3,
            tip=tr("En kilogrammes : 1,250. En grammes : 350 g. Rien jeté : 0."),
            most=HEAVIEST,
            optional=not is_due or share is not waste.Share.EDIBLE,
        )
        for source in waste.WasteFrom
        for share in waste.Share
    ]
    others = (
        (waste.MEALS, tr("Convives"), "", 0, MOST_DINERS),
        (waste.BIOWASTE, tr("Biodéchets remis à la collecte"), "kg", 3, HEAVIEST),
    )
    for key, title, unit, places, most in others:
        items.append(
            Item(
                key=key,
                title=title,
                zone=tr("Le jour"),
                every=Every.PER_SERVICE,
                takes=Takes.NUMBER,
                unit=unit,
                places=places,
                most=most,
                optional=not is_due or key != waste.MEALS,
            )
        )
    return items


def judge_waste(_session: Session, _item: Item, record: WasteMeasure) -> Judgement:
    """Return what a weight means: it was weighed; there is no limit to waste."""
    if record.answer is Answer.NOT_APPLICABLE:
        return Judgement(Verdict.NOT_APPLICABLE)
    return Judgement(Verdict.NOT_DONE if record.value is None else Verdict.CONFORM)


def waste_totals(week: Any) -> list[Total]:
    """Return the kilograms of each day, and the grams for one diner."""
    days: dict[Any, dict[str, Decimal]] = {}
    for spot, box in week.boxes.items():
        if box.written.value is not None and not box.is_void:
            days.setdefault(spot.day, {})[str(spot.key)] = box.written.value
    found = {day: waste.totals_of({day: lines}) for day, lines in days.items()}
    found[None] = waste.totals_of(days)
    masses = {day: each.total_mass for day, each in found.items() if each is not None}
    grams = {
        day: each.grams_per_diner
        for day, each in found.items()
        if each is not None and each.grams_per_diner is not None
    }
    return [
        Total(tr("Total"), "kg", 3, masses),
        Total(tr("Par convive"), "g", 0, grams),
    ]


def waste_legend(_session: Session, _period: Period) -> list[str]:
    """Return how to weigh."""
    return [
        tr(
            "Pesez chaque bac à la fin du service, sans son contenant. Comestible : ce qui "
            "aurait pu être mangé. Sans tri possible : « pesé sans trier ». Les champs sont ceux "
            "de ma-cantine (préparation, non servi, restes d’assiette)."
        )
    ]


def pest_items(session: Session, period: Period) -> list[Item]:
    """Return the bait stations, in their order."""
    return [
        Item(
            key=station.id,
            title=station.name,
            note=station.place,
            every=Every.MONTHLY,
            takes=Takes.NUMBER,
            since=station.since,
            until=station.until,
            tip=tr("{name}, {place} : appâts touchés ou prises, 0 si rien.").format(
                name=station.name, place=station.place
            ),
            most=Decimal(99),
        )
        for station in bait_stations(session, period)
    ]


def judge_pests(session: Session, item: Item, record: PestCheck) -> Judgement:
    """Return what was found at a bait station: a bait touched, or traces, is a breach."""
    rule = rule_of(session, STATIONS, record.day)
    return points.judge_box(session, STATIONS, rule, item, record)


def check_legend(_session: Session, _period: Period) -> list[str]:
    """Return how to answer a control point."""
    return [tr("C : conforme. NC : non conforme, dites quoi et ce qui est fait. SO : sans objet.")]


def pest_legend(_session: Session, _period: Period) -> list[str]:
    """Return what is noted at a bait station."""
    return [
        tr(
            "Appât touché ou prise : notez combien (0 si rien). Traces autour du poste : C si "
            "aucune, NC sinon. Le plan des postes est affiché ou joint."
        )
    ]


def has_stations(session: Session) -> bool:
    """Tell whether the canteen has said where its bait stations are."""
    return session.scalar(select(BaitStation.id).limit(1)) is not None


def _task_item(task: CleaningTask) -> Item:
    product = task.product
    tip = " · ".join(
        part
        for part in (
            f"{task.zone}, {task.name}",
            f"{rhythm(task)}, {when_name(task.when)}",
            product.name if product else tr("produit à choisir"),
            dose_text(product) if product else "",
            contact_text(product) if product else "",
            task.method,
        )
        if part
    )
    return Item(
        key=task.id,
        title=task.name,
        zone=task.zone,
        note=every_name(task.every),
        every=task.every,
        weekday=task.weekday,
        since=task.since,
        until=task.until,
        tip=tip,
    )


CLEANING = Matrix(
    key="cleaning",
    letter="NE",
    title=mark("Plan de nettoyage et de désinfection : enregistrement"),
    short=mark("Nettoyage"),
    model=CleaningMark,
    item="task_id",
    items=cleaning_items,
    judge=judge_cleaning,
    code="D04",
    points=tuple(f"CLE-{n:02}" for n in range(1, 28)),
    legend=cleaning_legend,
    source="R852-I",
    words=mark("nettoyage désinfection ménage zones plan"),
    empty=mark("Le plan de nettoyage est vide : reprenez le plan de départ, puis adaptez-le."),
    all_done=True,
)
DAY_CHECKS = Matrix(
    key="day-checks",
    letter="JO",
    title=mark("Ouverture et fermeture du jour"),
    short=mark("Jour"),
    model=PointCheck,
    item="point",
    items=points.day_items,
    judge=points.judge_point,
    parts=(
        Part(points.OPENING, mark("Ouverture")),
        Part(points.CLOSING, mark("Fermeture")),
    ),
    legend=check_legend,
    source="R852-I",
    words=mark("ouverture fermeture contrôles du jour"),
    empty=mark("Aucun point du jour n’est activé : activez-les dans « Plan (PMS) »."),
)
WEEK_CHECKS = Matrix(
    key="week-checks",
    letter="HE",
    title=mark("Contrôles de la semaine et du mois"),
    short=mark("Semaine et mois"),
    model=PointCheck,
    item="point",
    items=points.week_items,
    judge=points.judge_point,
    legend=check_legend,
    source="R852-I",
    words=mark("hebdomadaire mensuel lave-vaisselle réserve eau purge contrôles"),
    empty=mark("Aucun point de la semaine n’est activé : activez-les dans « Plan (PMS) »."),
)
WASTE = Matrix(
    key="waste",
    letter="DE",
    title=mark("Pesée des déchets alimentaires"),
    short=mark("Déchets"),
    model=WasteMeasure,
    item="line",
    items=waste_items,
    judge=judge_waste,
    points=("WST-02", WEIGHING),
    legend=waste_legend,
    source="AGEC",
    words=mark("gaspillage pesée biodéchets restes"),
    totals=waste_totals,
)
PESTS = Matrix(
    key="pests",
    letter="NU",
    title=mark("Lutte contre les nuisibles : postes relevés"),
    short=mark("Nuisibles"),
    model=PestCheck,
    item="station_id",
    items=pest_items,
    judge=judge_pests,
    parts=(
        Part(TOUCHES, mark("Touché")),
        Part(TRACES, mark("Traces"), Takes.CHECK, optional=True),
    ),
    points=(STATIONS,),
    applies=has_stations,
    legend=pest_legend,
    source="R852-IX",
    words=mark("appâts pièges rongeurs insectes postes"),
    empty=mark("Aucun poste d’appât : ajoutez ceux du plan des locaux dans « Le plan »."),
)
MATRICES: tuple[Matrix, ...] = (CLEANING, DAY_CHECKS, WEEK_CHECKS, WASTE, PESTS)
"""Every sheet of days, in the order of the chooser."""
