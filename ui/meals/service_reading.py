"""What the page of a service says in each of its tabs, read once."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.canteen.model import DayNote
from cantine_desktop.canteen.school import school_holiday
from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.breach_tables import Breach
from cantine_desktop.hygiene.queries import completeness
from cantine_desktop.i18n import hour, long_day, money, short_day, tr, trn
from cantine_desktop.meals.closing.balance import figures
from cantine_desktop.meals.closing.drafting import facts_of
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.closing.queries import closing_of
from cantine_desktop.meals.closing.sentence import sentence
from cantine_desktop.meals.consumption.tracing import lots_of_service
from cantine_desktop.meals.forecast.predicting import Forecast, forecast_of
from cantine_desktop.meals.forecast.verdict import expected_words
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.model import COURSES
from cantine_desktop.meals.reservations.model import (
    DIETS,
    DietCount,
    Place,
    Reservation,
    ReservationState,
)
from cantine_desktop.meals.services.model import STATES, ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, neighbours, service_row
from cantine_desktop.values.period import Period

Line = tuple[str, str]
"""A name and what it says."""


@dataclass(frozen=True)
class People:
    """Who is announced, by places."""

    eating: int = 0
    cooking: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class TabWords:
    """What a tab says.

    Attributes:
        sentence: The first thing to read.
        lines: Names and values under it.
        kind: ``"ok"``, ``"warn"``, ``"bad"``: whether something waits; empty for neither.
    """

    sentence: str
    lines: tuple[Line, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class ServicePage:
    """All that the page of a service shows.

    Attributes:
        row: The service.
        before: The service before it, or ``None``.
        after: The service after it, or ``None``.
        people: Who is announced.
        tabs: What each tab says, by its key.
        day_notes: What happened that day, for the charts.
    """

    row: ServiceRow
    before: int | None
    after: int | None
    people: People
    tabs: dict[str, TabWords] = field(default_factory=dict)
    day_notes: tuple[str, ...] = ()


def read_page(
    session: Session, key: int, now: datetime, department: str, *, hygiene: bool = True
) -> ServicePage | None:
    """Return the page of a service, or ``None`` when it is not there any more.

    Args:
        session: A session of the book.
        key: The service.
        now: The present instant.
        department: Where the canteen stands, for holidays.
        hygiene: Whether the person at work may read the sheets of hygiene.
    """
    row = service_row(session, key)
    if row is None:
        return None
    before, after = neighbours(session, key)
    people = _people(session, key)
    dishes = _dishes(session, key)
    seen = _forecast(session, row, now)
    tabs = {
        "menu": _menu(dishes),
        "people": _announced(session, row, people, seen),
        "hygiene": _hygiene(session, row, now) if hygiene else _no_hygiene(),
        "buying": _buying(session, key, dishes),
        "closing": _closing(session, row, now),
    }
    is_ahead = row.day > civil_date(now)
    first = tabs["people"] if is_ahead else tabs["closing"]
    tabs["summary"] = _summary(row, people, dishes, first, department, seen)
    notes = session.scalars(select(DayNote.words).where(DayNote.day == row.day)).all()
    return ServicePage(row, before, after, people, tabs, tuple(notes))


def state_words(row: ServiceRow, today: date) -> tuple[str, str]:
    """Return where a service stands and the kind of chip that says it."""
    if row.state is ServiceState.CANCELLED:
        return tr("Annulé"), "bad"
    if row.state is ServiceState.CLOSED:
        return tr("Clos"), "ok"
    return (tr("À clôturer"), "warn") if row.day < today else (tr(STATES[row.state]), "info")


def _people(session: Session, key: int) -> People:
    query = (
        select(Reservation.state, Reservation.place, func.sum(Reservation.people))
        .where(Reservation.service_id == key)
        .group_by(Reservation.state, Reservation.place)
    )
    counts = {(state, place): n for state, place, n in session.execute(query)}
    here = (ReservationState.SEATED, ReservationState.CAME)
    return People(
        sum(counts.get((state, Place.EAT), 0) for state in here),
        sum(counts.get((state, Place.COOK), 0) for state in here),
        sum(counts.get((ReservationState.WAITING, place), 0) for place in Place),
    )


def _dishes(session: Session, key: int) -> list[Dish]:
    query = select(Menu).where(Menu.service_id == key).options(selectinload(Menu.dishes))
    menu = session.scalars(query.limit(1)).first()
    return sorted(menu.dishes, key=_rank) if menu else []


def _rank(dish: Dish) -> tuple[int, int]:
    return list(COURSES).index(dish.course), dish.rank


def _forecast(session: Session, row: ServiceRow, now: datetime) -> Forecast | None:
    """Return how many to expect; ``None`` once it is too late to cook for them."""
    if row.state is not ServiceState.PLANNED or row.day < civil_date(now):
        return None
    return forecast_of(session, [row], now)[row.key]


def _summary(
    row: ServiceRow,
    people: People,
    dishes: list[Dish],
    first: TabWords,
    department: str,
    seen: Forecast | None,
) -> TabWords:
    announced = people.eating + people.cooking
    lines: list[Line] = [
        (tr("Cuisine"), tr("à {hour}").format(hour=f"{row.cook_at:%H:%M}")),
        (tr("Repas"), tr("à {hour}").format(hour=f"{row.meal_at:%H:%M}")),
        (tr("Inscrits"), tr("{n} sur {seats} places").format(n=announced, seats=row.seats)),
        (
            tr("En cuisine"),
            tr("{n} sur {places} places").format(n=people.cooking, places=row.kitchen_places),
        ),
    ]
    if row.expected is not None:
        lines.append((tr("Attendus"), trn("{n} convive", "{n} convives", row.expected)))
    if seen is not None:
        lines.append((tr("À prévoir"), expected_words(seen)))
    menu = " · ".join(dish.name for dish in dishes) or tr("pas encore posé")
    lines.append((tr("Menu"), menu))
    day = [public_holiday(department, row.day), school_holiday(department, row.day)]
    if any(day):
        lines.append((tr("Ce jour-là"), ", ".join(filter(None, day))))
    if row.state is ServiceState.CANCELLED:
        return TabWords(
            tr("Service annulé : {reason}.").format(reason=row.reason or tr("sans motif")),
            tuple(lines),
            "bad",
        )
    return TabWords(first.sentence, tuple(lines), first.kind)


def _menu(dishes: list[Dish]) -> TabWords:
    if not dishes:
        return TabWords(tr("Le menu de ce service n’est pas encore posé."), (), "warn")
    unsure = [dish.name for dish in dishes if dish.confirmed is None]
    lines = tuple(
        (
            tr(COURSES[dish.course]),
            f"{dish.name} – {allergen_words(dish.confirmed) or tr('sans allergène déclaré')}"
            if dish.confirmed is not None
            else f"{dish.name} – {tr('allergènes à confirmer')}",
        )
        for dish in dishes
    )
    if unsure:
        told = trn("{n} plat a", "{n} plats ont", len(unsure))
        words = tr("{dishes} des allergènes à confirmer avant l’affiche.").format(dishes=told)
        return TabWords(words, lines, "warn")
    return TabWords(tr("Menu posé, allergènes confirmés."), lines, "ok")


def _announced(
    session: Session, row: ServiceRow, people: People, seen: Forecast | None
) -> TabWords:
    announced = people.eating + people.cooking
    free = max(row.seats - announced, 0)
    words = trn("{n} inscrit", "{n} inscrits", announced)
    left = trn("{n} place libre", "{n} places libres", free)
    lines = [
        (tr("Pour manger"), str(people.eating)),
        (tr("Pour cuisiner"), f"{people.cooking} / {row.kitchen_places}"),
        (tr("Liste d’attente"), str(people.waiting)),
    ]
    if seen is not None:
        lines.append((tr("À prévoir"), expected_words(seen)))
    counts = session.scalars(select(DietCount).where(DietCount.service_id == row.key)).all()
    lines += [(tr("Régime {diet}").format(diet=tr(DIETS[c.diet])), str(c.count)) for c in counts]
    if people.waiting and free:
        told = tr("{seated}, {free} : la liste d’attente peut monter.")
        return TabWords(told.format(seated=words, free=left), tuple(lines), "warn")
    return TabWords(f"{words}, {left}.", tuple(lines))


def _no_hygiene() -> TabWords:
    return TabWords(tr("Ce profil n’ouvre pas les fiches d’hygiène."))


def _hygiene(session: Session, row: ServiceRow, now: datetime) -> TabWords:
    if row.day > civil_date(now):
        return TabWords(tr("Les relevés se noteront ce jour-là."))
    found = completeness(session, Period.through(row.day, row.day))
    query = select(Breach).where(Breach.day == row.day, Breach.withdrawn_at.is_(None))
    breaches = session.scalars(query).all()
    lines = [(tr("Relevés de températures"), f"{found.due - found.missing} / {found.due}")]
    lines += [
        (tr("Non-conformité"), f"{each.subject}, {each.words or each.point}") for each in breaches
    ]
    if found.missing:
        told = trn(
            "{n} relevé manque ce jour-là.", "{n} relevés manquent ce jour-là.", found.missing
        )
        return TabWords(told, tuple(lines), "warn")
    return TabWords(tr("Les relevés de ce jour sont complets."), tuple(lines), "ok")


def _buying(session: Session, key: int, dishes: list[Dish]) -> TabWords:
    if not dishes:
        return TabWords(tr("Posez d’abord le menu : les besoins en viennent."), (), "")
    known = [dish.name for dish in dishes if dish.recipe_id is not None]
    lots = len({plate.lot_id for plate in lots_of_service(session, key).plates})
    taken = trn("{n} lot", "{n} lots", lots) if lots else tr("rien encore")
    lines = (
        (tr("Avec une fiche technique"), ", ".join(known) or "–"),
        (
            tr("Sans fiche technique"),
            ", ".join(dish.name for dish in dishes if dish.recipe_id is None) or "–",
        ),
        (tr("Sorti du stock"), taken),
    )
    text = tr("Les quantités de la semaine se comptent d’après les fiches techniques des plats.")
    return TabWords(text, lines)


def _closing(session: Session, row: ServiceRow, now: datetime) -> TabWords:
    closing = closing_of(session, row.key)
    today = civil_date(now)
    if row.state is ServiceState.CANCELLED:
        return TabWords(tr("Un service annulé ne se clôture pas."))
    if closing is None:
        if row.day > today:
            told = tr("La clôture se fera le {day}, après le repas.")
            return TabWords(told.format(day=long_day(row.day)))
        return TabWords(tr("Ce service reste à clôturer."), (), "warn")
    found = figures(facts_of(session, closing, policy(session).tolerated))
    lines: list[Line] = []
    if closing.diners is not None:
        lines.append((tr("Convives"), str(closing.diners)))
    if closing.cooks is not None:
        lines.append((tr("Cuisinier·ères"), str(closing.cooks)))
    if found.contributions:
        lines.append((tr("Contributions"), str(found.contributions)))
    if found.total is not None:
        lines.append((tr("Total"), money(found.total)))
    if found.mean is not None:
        lines.append((tr("En moyenne"), money(found.mean)))
    if closing.takings_id is None:
        at = (
            f"{short_day(civil_date(closing.drafted_at))} {hour(closing.drafted_at)}"
            if (closing.drafted_at)
            else ""
        )
        told = tr("Brouillon gardé {at}, à terminer.").format(at=at)
        return TabWords(told, tuple(lines), "warn")
    said = sentence(found, closing.displayed_price) or tr("Service clos.")
    return TabWords(said, tuple(lines), "ok")
