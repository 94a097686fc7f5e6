"""The page of a service and the settings of the usual ones, by their keys and buttons."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.canteen.model import Canteen, DayNote
from cantine_desktop.meals.closing.drafting import draft_of
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.model import MealKind, MealService, ServicePattern, ServiceState
from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from cantine_desktop.values.period import Period
from tests.meals.season import act, days, key_on, lunches, row_on
from ui.desk import Desk
from ui.meals.calendar import CalendarScreen
from ui.meals.service import ServiceScreen
from ui.preferences.pattern_form import PatternDialog
from ui.preferences.services import ServicesPage

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 20)
DECEMBER = Period.month(date(2026, 12, 1))


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", department="67", open_weekdays="2345"))
        session.flush()
        planning.add_pattern(session, lunches(), NOW)
        planning.fill(session, date(2027, 6, 30), NOW)
        session.add(DayNote(day=TUESDAY, words="Nouvelle affiche"))
    return book


@pytest.fixture
def desk(canteen):
    desk = Desk(canteen)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk):
    screen = ServiceScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 560)
    screen.show()
    return screen


def words(screen, tab):
    return screen.page.tabs[tab]


def seat(book, key, place, people=1, state=ReservationState.SEATED):
    with book.action("Inscrire") as session:
        session.add(
            Reservation(
                service_id=key,
                name="x",
                place=place,
                rank=1,
                recorded_at=NOW,
                people=people,
                state=state,
            )
        )


def test_it_opens_on_the_service_at_hand(screen):
    assert screen.title == "Déjeuner, ven. 20 novembre"
    assert screen.subtitle == "Vendredi 20 novembre 2026 · 12:15 · à clôturer"
    assert words(screen, "summary").sentence == "Ce service reste à clôturer."
    assert screen.close_it.isEnabled()


def test_alt_and_an_arrow_goes_to_the_service_before_or_after(qtbot, screen):
    qtbot.keyClick(screen.tabs, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert screen.title.endswith("mar. 24 novembre")
    qtbot.keyClick(screen.tabs, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(screen.tabs, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.title.endswith("jeu. 19 novembre")


def test_each_tab_leads_to_the_right_screen_at_this_service(qtbot, screen, desk, canteen):
    key = key_on(canteen, TUESDAY)
    screen.open_at((key, "people"))
    for action, place in [
        (screen.menus, ["menus", key]),
        (screen.people, ["reservations", key]),
        (screen.readings, ["readings", TUESDAY]),
        (screen.calendar, ["calendar", TUESDAY]),
    ]:
        with qtbot.waitSignal(desk.going) as asked:
            action.trigger()
        assert asked.args == place
    assert screen.place() == (key, "people")


def test_a_service_to_come_cannot_be_closed_yet(screen, canteen):
    screen.open_at(key_on(canteen, TUESDAY))
    assert not screen.close_it.isEnabled()
    assert "après le repas" in words(screen, "closing").sentence


def test_people_are_counted_cooks_apart_and_those_who_wait_apart(screen, canteen):
    key = key_on(canteen, TUESDAY)
    seat(canteen, key, Place.EAT, 4)
    seat(canteen, key, Place.COOK, 2)
    seat(canteen, key, Place.EAT, 3, ReservationState.WAITING)
    screen.open_at(key)
    assert words(screen, "people").sentence == (
        "6 inscrits, 29 places libres : la liste d’attente peut monter."
    )
    assert ("Liste d’attente", "3") in words(screen, "people").lines


def test_a_menu_says_which_dishes_wait_for_their_allergens(screen, canteen):
    key = key_on(canteen, TUESDAY)
    with canteen.action("Menu") as session:
        menu = Menu(service_id=key)
        menu.dishes.append(Dish(rank=1, course=Course.MAIN, name="Dahl"))
        menu.dishes.append(
            Dish(
                rank=0, course=Course.STARTER, name="Soupe", confirmed=frozenset({Allergen.CELERY})
            )
        )
        session.add(menu)
    screen.open_at(key)
    tab = words(screen, "menu")
    assert tab.sentence.startswith("1 plat a des allergènes à confirmer")
    assert [value for _name, value in tab.lines] == [
        "Soupe – céleri",
        "Dahl – allergènes à confirmer",
    ]


def test_a_draft_of_closing_shows(screen, canteen):
    key = key_on(canteen, FRIDAY)
    act(canteen, draft_of, key, NOW)
    screen.open_at(key)
    assert "Brouillon" in words(screen, "closing").sentence


def test_a_note_is_kept_when_it_is_left_and_before_another_service(screen, canteen):
    screen.open_at((key_on(canteen, TUESDAY), "notes"))
    note = screen.parts["notes"].note
    assert screen.parts["notes"].day.text() == "Repères de ce jour\u00a0: Nouvelle affiche"
    note.setFocus()
    note.setPlainText("Groupe de 8")
    screen._step(1)
    assert row_on(canteen, TUESDAY).note == "Groupe de 8"
    assert not note.toPlainText()
    assert not row_on(canteen, TUESDAY).is_changed


def test_a_cancelled_service_says_so_and_is_held_after_all(screen, canteen):
    key = key_on(canteen, TUESDAY)
    act(canteen, planning.cancel, key, "Grève", NOW)
    screen.open_at(key)
    assert words(screen, "summary").sentence == "Service annulé\u00a0: Grève."
    screen.restore.trigger()
    assert row_on(canteen, TUESDAY).state is ServiceState.PLANNED


def test_an_empty_book_leads_to_the_calendar(book, qtbot):
    desk = Desk(book)
    screen = ServiceScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.pages.currentWidget() is screen.empty
    with qtbot.waitSignal(desk.going) as asked:
        screen.empty.button.click()
    assert asked.args == ["calendar", None]
    desk.close()


# -- settings


@pytest.fixture
def page(qtbot, desk):
    page = ServicesPage(desk, "Services et capacité")
    qtbot.addWidget(page)
    page.show()
    return page


def test_usual_services_are_listed_in_words(page):
    assert page.list.item(0).text() == (
        "Déjeuner · mardi à vendredi\ncuisine 09:30, repas 12:15 · 35 places, 10 en cuisine"
    )
    assert page.zone.text() == "Département 67\u00a0: vacances scolaires de la zone B."
    assert not page.notice.isVisible()


def test_a_new_usual_service_fills_the_season(desk, canteen, qtbot):
    dialog = PatternDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.kind.setCurrentIndex(2)
    dialog._propose_hours()
    for box in dialog.days:
        box.setChecked(box is dialog.days[6])
    dialog.every.setCurrentIndex(4)
    dialog.keep()
    with canteen.read() as session:
        query = select(MealService.day).where(MealService.kind == MealKind.BRUNCH)
        found = sorted(session.scalars(query))
    assert found[:2] == [date(2026, 12, 6), date(2027, 1, 3)]
    assert len(found) == 12


def test_a_usual_service_without_a_day_is_refused_in_its_form(desk, qtbot):
    dialog = PatternDialog(desk, None)
    qtbot.addWidget(dialog)
    for box in dialog.days:
        box.setChecked(False)
    dialog.keep()
    assert "au moins un jour" in dialog.notice.text


def test_a_changed_usual_service_leaves_the_past(desk, canteen, qtbot):
    with canteen.read() as session:
        key = session.scalars(select(ServicePattern.id)).one()
    dialog = PatternDialog(desk, None, key)
    qtbot.addWidget(dialog)
    dialog.days[4].setChecked(False)
    dialog.keep()
    assert FRIDAY in days(canteen)
    assert date(2026, 11, 27) not in days(canteen)


def test_a_weekday_served_but_not_open_is_said_and_opened(page, canteen):
    with canteen.action("Changer") as session:
        session.scalars(select(Canteen)).one().open_weekdays = "234"
    page.refresh()
    assert "vendredi" in page.notice.text
    page._open_weekdays()
    with canteen.read() as session:
        assert session.scalars(select(Canteen)).one().open_weekdays == "2345"


def test_public_holidays_may_be_served(page, canteen):
    page.holidays.click()
    assert date(2026, 12, 25) in days(canteen, DECEMBER)
    page.holidays.click()
    assert date(2026, 12, 25) not in days(canteen, DECEMBER)


# -- profiles


@pytest.mark.parametrize("profile", list(ProfileKey))
def test_each_profile_that_reads_meals_sees_the_page_and_the_calendar(qtbot, canteen, profile):
    with canteen.action("Profils") as session:
        profiles.seed(session)
    profiles.sign_in(canteen, profile)
    if not canteen.actor.may_read("meals"):
        pytest.skip("this profile does not read meals")
    desk = Desk(canteen)
    for made in (ServiceScreen(desk), CalendarScreen(desk)):
        qtbot.addWidget(made)
        made.show()
        may = canteen.actor.may_write("meals")
        assert made.change.isEnabled() == (may and isinstance(made, ServiceScreen))
        assert made.usual.isEnabled() == may if isinstance(made, CalendarScreen) else made.page
    desk.close()
