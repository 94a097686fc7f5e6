"""What hygiene asks for today besides readings and breaches."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene import lots
from cantine_desktop.hygiene.catalogue import register_of
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.equipment.model import MaintenanceTicket
from cantine_desktop.hygiene.plan.drafting import Signed, put_in_force, start_draft
from cantine_desktop.hygiene.registers.recording import add, remove
from cantine_desktop.hygiene.registers.signing import sign
from cantine_desktop.meals.menus.allergens import confirm
from cantine_desktop.meals.menus.planning import DishFacts, add_dish
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.meals.reservations.model import Place
from cantine_desktop.meals.reservations.seating import reserve
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.network.indicators import figures
from cantine_desktop.office.day_services import day_services
from cantine_desktop.office.todo import read_todo
from cantine_desktop.office.waiting import Urgency
from cantine_desktop.values.period import Period
from tests.meals.closings import add_service

SUNDAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="12345"))
    return book


@pytest.fixture
def note(canteen):
    def write(key, **values):
        with canteen.action("Fiche") as session:
            return add(session, register_of(key), values, canteen.clock()).id

    return write


def lines(book, now=None, screen=None):
    with book.read() as session:
        found = read_todo(session, now or book.clock())
    return [line for line in found if screen is None or line.screen == screen]


def of_sheet(book, letter, now=None):
    return [line for line in lines(book, now) if line.letter == letter]


def test_a_dish_that_cools_is_said_and_late_after_two_hours(canteen, note):
    started = NOW - timedelta(hours=1)
    record = note("cooling", day=SUNDAY, dish="Gratin", started_at=started)
    (line,) = of_sheet(canteen, "FR", NOW)
    assert (line.urgency, line.screen, line.day) == (Urgency.TODAY, "records", SUNDAY)
    (late,) = of_sheet(canteen, "FR", NOW + timedelta(hours=1, minutes=1))
    assert late.urgency is Urgency.NOW
    assert "plus de 2" in late.words
    with canteen.action("Retirer") as session:
        remove(session, register_of("cooling"), record)
    assert not of_sheet(canteen, "FR", NOW)


def test_a_cooling_that_ended_or_is_old_is_not_under_way(canteen, note):
    started = NOW - timedelta(hours=1)
    note("cooling", day=SUNDAY, dish="A", started_at=started, ended_at=NOW)
    old = started - timedelta(days=4)
    note("cooling", day=SUNDAY - timedelta(days=4), dish="B", started_at=old)
    assert not of_sheet(canteen, "FR", NOW)


def test_samples_kept_long_enough_are_counted_from_the_oldest(canteen, note):
    for ago in (1, 6, 7):
        note("samples", day=SUNDAY - timedelta(days=ago), dish="Gratin")
    note(
        "samples",
        day=SUNDAY - timedelta(days=8),
        dish="Soupe",
        discarded_on=SUNDAY - timedelta(days=1),
    )
    (line,) = of_sheet(canteen, "PT")
    assert line.words.startswith("2 plats témoins")
    assert line.day == SUNDAY - timedelta(days=7)


def test_food_set_aside_waits_until_somebody_decides(canteen):
    with canteen.action("Bloquer") as session:
        lots.block(session, "Saumon", canteen.clock() - timedelta(days=2), lot="S-1", by="AM")
    (line,) = lines(canteen, screen="breaches")
    assert "Saumon S-1" in line.words
    assert "2 jours" in line.words
    assert line.key == 1
    with canteen.action("Décider") as session:
        lots.release(session, 1, "Analyse bonne", "AM", canteen.clock())
    assert not lines(canteen, screen="breaches")


def test_last_weeks_unsigned_sheets_stand_on_one_line_until_they_are_signed(canteen, note):
    last = date(2026, 11, 12)
    note("cooking", day=last, dish="Poulet")
    (line,) = [line for line in lines(canteen) if "Semaine 46" in line.words]
    assert (line.day, line.button) == (date(2026, 11, 9), "Relire")
    assert "Cuisson" in line.words or "autres" in line.words
    before = line.words
    with canteen.action("Signer") as session:
        sign(session, "cooking", date(2026, 11, 9), "AM", "vu", canteen.clock())
    after = [line.words for line in lines(canteen) if "Semaine 46" in line.words]
    assert before not in after


def test_a_new_canteen_owes_no_sheet_of_the_weeks_before_it(canteen, note):
    assert not [line for line in lines(canteen) if "Semaine" in line.words]
    note("cooking", day=SUNDAY, dish="Poulet")
    assert not [line for line in lines(canteen) if "Semaine" in line.words]
    note("cooking", day=date(2026, 11, 3), dish="Soupe")
    assert [line for line in lines(canteen) if "Semaine 46" in line.words]


def test_a_new_canteen_is_led_to_its_plan_and_its_cleaning_plan(canteen):
    assert [line.screen for line in lines(canteen) if line.screen in {"plan", "cleaning"}] == [
        "plan",
        "cleaning",
    ]
    with canteen.action("Commencer") as session:
        start_draft(session)
        put_in_force(session, SUNDAY, Signed("", "", "", "AM"), canteen.clock())
        add_starter_tasks(session, canteen.clock())
    assert not lines(canteen, screen="plan")
    assert not lines(canteen, screen="cleaning")


def test_repairs_are_asked_for_on_one_line(canteen):
    with canteen.action("Demander") as session:
        for title in ("Joint de CF 2", "Robinet", "Hotte"):
            session.add(
                MaintenanceTicket(
                    title=title, opened_at=canteen.clock(), due=SUNDAY - timedelta(days=1)
                )
            )
    (line,) = [line for line in lines(canteen, screen="equipment") if line.button == "Suivre"]
    assert "et 2 autres" in line.words
    assert line.urgency is Urgency.TODAY


def test_the_most_urgent_comes_first(canteen, note):
    note("samples", day=SUNDAY - timedelta(days=9), dish="Gratin")
    note("cooling", day=SUNDAY, dish="Gratin", started_at=NOW - timedelta(hours=3))
    found = [line.urgency for line in lines(canteen, NOW)]
    assert found[0] is Urgency.NOW
    assert found[-1] is Urgency.SOON


def test_controls_done_counts_every_sheet_and_never_an_incomplete_row(canteen, note):
    period = Period(date(2026, 11, 19), SUNDAY)

    def done():
        with canteen.read() as session:
            found = figures(session, period, SUNDAY)
        return {figure.indicator.key: figure.value for figure in found}["controls-done"]

    nothing = done()
    note("cooking", day=date(2026, 11, 20), dish="Poulet")
    assert done() <= nothing


def test_a_service_nobody_closed_is_asked_for_and_the_till_is_not_the_place(canteen):
    with canteen.action("Services") as session:
        first = add_service(session, SUNDAY - timedelta(2))
        add_service(session, SUNDAY - timedelta(1))
        add_service(session, SUNDAY)
    (line,) = lines(canteen, NOW, "closing")
    assert (line.key, line.urgency) == (first, Urgency.TODAY)
    assert "et 1 autre" in line.words


def test_allergens_of_the_day_are_asked_for_until_somebody_confirms(canteen):
    with canteen.action("Menu") as session:
        service = add_service(session, SUNDAY)
        dish = add_dish(session, service, DishFacts(Course.STARTER, "Soupe du voisin")).id
    (line,) = lines(canteen, NOW, "menus")
    assert (line.key, line.urgency) == (service, Urgency.TODAY)
    assert "Soupe du voisin" in line.words
    with canteen.action("Confirmer") as session:
        confirm(session, dish, [], "AM", NOW)
    assert not lines(canteen, NOW, "menus")


def test_the_day_tells_its_services_until_they_are_closed(canteen):
    with canteen.action("Services") as session:
        service = add_service(session, SUNDAY, meal_at=time(7), cook_at=time(6))
        reserve(session, service, "Odile", Place.COOK, 2, NOW)
        add_dish(session, service, DishFacts(Course.STARTER, "Soupe"))
        add_service(session, SUNDAY, meal_at=time(19))
    with canteen.read() as session:
        lunch, dinner = day_services(session, SUNDAY, NOW)
    assert "2 sur 35 places, dont 2 en cuisine" in lunch.announced
    assert (lunch.menu, lunch.may_close) == ("Soupe", True)
    assert (dinner.menu, dinner.may_close) == ("", False)
    with canteen.action("Fermer") as session:
        session.get_one(MealService, service).state = ServiceState.CLOSED
    with canteen.read() as session:
        assert day_services(session, SUNDAY, NOW)[0].is_closed
