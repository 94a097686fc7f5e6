"""The cleaning sheet and its like: what is due, what is ticked, what is missing, what is signed."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from sqlalchemy import func, select

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene.cleaning import marking, tasks
from cantine_desktop.hygiene.cleaning.due import quarter
from cantine_desktop.hygiene.cleaning.matrices import CLEANING, PESTS, WASTE
from cantine_desktop.hygiene.cleaning.model import (
    Answer,
    CleaningMark,
    CleaningTask,
    Every,
)
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot, counts, read_sheet
from cantine_desktop.hygiene.limits import UnitKind, Verdict
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.values.period import Period

SUNDAY = date(2026, 11, 22)
MONDAY, TUESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)
WEEK = Period.week(FRIDAY)
MONTH = Period.month(FRIDAY)
"""The book's clock says Sunday 22 November 2026; the canteen serves Tuesday to Friday."""


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
    return book


@pytest.fixture
def add(canteen):
    def line(name, every=Every.DAILY, **changes):
        with canteen.action("Ligne") as session:
            zone = changes.pop("zone", "Cuisine")
            return tasks.add_task(session, zone, name, every=every, **changes).id

    return line


def tick(book, key, day=FRIDAY, answer=Answer.CONFORM, initials="AM", note=""):
    with book.action("Cocher") as session:
        entry = Entry(Spot(key, day), answer, note=note, initials=initials)
        return marking.write(session, CLEANING, [entry], book.clock())[0].verdict


def sheet(book, period=WEEK, matrix=CLEANING):
    with book.read() as session:
        return read_sheet(session, matrix, period)


def count(book, period=WEEK, matrix=CLEANING):
    with book.read() as session:
        return counts(session, matrix, period)


def sign(book, monday=MONDAY, note="", matrix=CLEANING):
    with book.action("Signer") as session:
        return marking.sign_week(session, matrix, monday, "AM", note, book.clock()).id


def test_a_line_of_every_day_is_due_on_each_day_of_service_and_on_no_other(canteen, add):
    key = add("Sols")
    assert {spot.day for spot in sheet(canteen).due} == {TUESDAY + timedelta(n) for n in range(4)}
    assert count(canteen) == (4, 0, 0, 4, 0)
    assert tick(canteen, key) is Verdict.CONFORM
    assert count(canteen) == (4, 1, 0, 3, 0)


def test_a_sunday_without_service_asks_for_nothing_and_may_be_ticked_all_the_same(canteen, add):
    key = add("Sols")
    assert SUNDAY not in sheet(canteen).days
    tick(canteen, key, SUNDAY)
    assert SUNDAY in sheet(canteen).days
    assert count(canteen) == (5, 1, 0, 4, 0)


def test_a_closed_day_is_not_due_and_says_why(canteen, add):
    add("Sols")
    with canteen.action("Fermer") as session:
        calendar.close_days(session, [FRIDAY], "Grève", canteen.clock())
    assert count(canteen) == (3, 0, 0, 3, 1)
    assert sheet(canteen).closed == {FRIDAY: "Grève"}
    assert FRIDAY in sheet(canteen).days


def test_what_is_due_once_a_week_is_missing_on_its_last_day_only(canteen, add):
    key = add("Hotte", Every.WEEKLY)
    assert {spot.day for spot in sheet(canteen).due} == {TUESDAY + timedelta(n) for n in range(4)}
    assert sheet(canteen).missing(TUESDAY) == []
    assert sheet(canteen).missing(SUNDAY) == [Spot(key, FRIDAY)]
    assert count(canteen) == (1, 0, 0, 1, 0)
    tick(canteen, key, TUESDAY)
    assert {spot.day for spot in sheet(canteen).due} == {TUESDAY}
    assert count(canteen) == (1, 1, 0, 0, 0)


def test_a_planned_weekday_is_the_only_one_due_unless_the_canteen_is_closed_on_it(canteen, add):
    key = add("Hotte", Every.WEEKLY, weekday=5)
    assert sheet(canteen).due == {Spot(key, FRIDAY)}
    with canteen.action("Fermer") as session:
        calendar.close_days(session, [FRIDAY], "", canteen.clock())
    assert {spot.day for spot in sheet(canteen).due} == {TUESDAY + timedelta(n) for n in range(3)}


def test_what_is_due_once_a_month_is_due_until_it_is_done_and_counts_once(canteen, add):
    key = add("Joints", Every.MONTHLY)
    first, second = Period.week(date(2026, 11, 3)), Period.week(date(2026, 11, 10))
    assert count(canteen, first).due == 0
    tick(canteen, key, date(2026, 11, 4))
    assert count(canteen, first) == (1, 1, 0, 0, 0)
    assert sheet(canteen, second).due == frozenset()
    assert count(canteen, second).due == 0
    assert count(canteen, MONTH) == (1, 1, 0, 0, 0)
    assert count(canteen, Period.month(date(2026, 10, 5))) == (1, 0, 0, 1, 0)


def test_a_month_nothing_was_done_in_is_missing_in_its_last_week(canteen, add):
    add("Joints", Every.MONTHLY)
    last = Period.week(date(2026, 11, 27))
    assert count(canteen, WEEK).missing == 0
    assert count(canteen, last).missing == 1


def test_a_quarter_is_three_months_whatever_the_day():
    assert quarter(date(2026, 2, 28)) == Period(date(2026, 1, 1), date(2026, 4, 1))
    assert quarter(date(2026, 12, 31)) == Period(date(2026, 10, 1), date(2027, 1, 1))


def test_what_is_cleaned_at_each_use_is_never_missing(canteen, add):
    key = add("Planches", Every.PER_USE)
    assert count(canteen) == (0, 0, 0, 0, 0)
    tick(canteen, key)
    assert count(canteen) == (1, 1, 0, 0, 0)


def test_a_box_ticked_by_nobody_proves_nothing_until_somebody_signs_it(canteen, add):
    key = add("Sols")
    assert tick(canteen, key, initials="") is Verdict.NOT_DONE
    assert count(canteen).done == 0
    with canteen.action("Visa") as session:
        marking.initial(session, CLEANING, FRIDAY, "", "AM", canteen.clock())
    assert count(canteen).done == 1


def test_initials_typed_below_do_not_replace_those_of_somebody_else(canteen, add):
    first, second = add("Sols"), add("Murs")
    tick(canteen, first, initials="LB")
    tick(canteen, second, initials="")
    with canteen.action("Visa") as session:
        marking.initial(session, CLEANING, FRIDAY, "", "AM", canteen.clock())
    assert sheet(canteen).initials_of(FRIDAY) == "LB AM"


def test_not_done_needs_a_reason_and_is_explained(canteen, add):
    key = add("Sols")
    with pytest.raises(UserError, match="pourquoi"):
        tick(canteen, key, answer=Answer.NOT_DONE)
    assert tick(canteen, key, answer=Answer.NOT_DONE, note="panne") is Verdict.NOT_DONE
    assert count(canteen) == (4, 0, 1, 3, 0)


def test_without_object_is_not_due(canteen, add):
    key = add("Trancheuse")
    tick(canteen, key, answer=Answer.NOT_APPLICABLE)
    assert count(canteen) == (3, 0, 0, 3, 0)


def test_the_whole_day_in_one_gesture_ticks_what_is_daily_only_and_says_so(canteen, add):
    add("Sols")
    add("Plonge", Every.PER_SERVICE)
    add("Hotte", Every.WEEKLY)
    add("Planches", Every.PER_USE)
    already = add("Évier")
    tick(canteen, already, initials="LB")
    with canteen.action("Tout fait") as session:
        assert marking.tick_everything(session, CLEANING, FRIDAY, "AM", canteen.clock()) == 2
    boxes = sheet(canteen).boxes
    assert sorted(box.is_batch for box in boxes.values()) == [False, True, True]
    assert boxes[Spot(already, FRIDAY)].initials == "LB"
    canteen.undo()
    assert len(sheet(canteen).boxes) == 1


@pytest.mark.parametrize(("day", "initials"), [(FRIDAY, "  "), (SUNDAY + timedelta(days=2), "AM")])
def test_nobody_ticks_a_whole_day_without_initials_or_before_it_came(canteen, add, day, initials):
    add("Sols")
    with pytest.raises(UserError), canteen.action("Tout fait") as session:
        marking.tick_everything(session, CLEANING, day, initials, canteen.clock())


def test_a_box_of_a_day_to_come_of_another_plan_or_with_a_number_is_refused(canteen, add):
    key = add("Sols", since=TUESDAY, until=FRIDAY)
    for day in (SUNDAY + timedelta(days=2), FRIDAY, MONDAY, date(1980, 1, 1)):
        with pytest.raises(UserError):
            tick(canteen, key, day)
    entry = Entry(Spot(key, TUESDAY), value=Decimal(3))
    with pytest.raises(UserError), canteen.action("Nombre") as session:
        marking.write(session, CLEANING, [entry], canteen.clock())
    with pytest.raises(UserError):
        tick(canteen, 999, TUESDAY)


def test_a_signed_week_is_corrected_beside_what_it_said(canteen, add):
    key = add("Sols")
    tick(canteen, key)
    sign(canteen)
    with pytest.raises(SealedError):
        tick(canteen, key)
    with canteen.action("Corriger") as session:
        entry = Entry(Spot(key, FRIDAY), Answer.NOT_DONE, note="panne d’eau")
        marking.correct(session, CLEANING, entry, "Erreur de case", "MB", canteen.clock())
    box = sheet(canteen).boxes[Spot(key, FRIDAY)]
    assert [former.answer for former in box.former] == [Answer.CONFORM]
    assert (box.written.answer, box.initials, box.reason) == (
        Answer.NOT_DONE,
        "MB",
        "Erreur de case",
    )
    assert count(canteen) == (4, 0, 1, 3, 0)


def test_a_tick_taken_back_after_the_signature_is_missing_and_stays_struck_through(canteen, add):
    key = add("Sols")
    tick(canteen, key)
    sign(canteen)
    with canteen.action("Corriger") as session:
        marking.correct(
            session, CLEANING, Entry(Spot(key, FRIDAY)), "Coché par erreur", "MB", canteen.clock()
        )
    box = sheet(canteen).boxes[Spot(key, FRIDAY)]
    assert box.is_void
    assert box.former
    assert count(canteen) == (4, 0, 0, 4, 0)


def test_a_box_forgotten_at_the_signature_is_filled_and_says_it_came_after(canteen, add):
    first, second = add("Sols"), add("Murs")
    tick(canteen, first)
    sign(canteen)
    with canteen.action("Compléter") as session:
        entry = Entry(Spot(second, FRIDAY), Answer.CONFORM)
        marking.correct(session, CLEANING, entry, "Oublié sur la feuille", "AM", canteen.clock())
    box = sheet(canteen).boxes[Spot(second, FRIDAY)]
    assert box.reason == "Oublié sur la feuille"
    assert not box.former


@pytest.mark.parametrize(("reason", "initials"), [("", "AM"), ("Erreur", " ")])
def test_a_correction_says_why_and_by_whom(canteen, add, reason, initials):
    key = add("Sols")
    tick(canteen, key)
    sign(canteen)
    entry = Entry(Spot(key, FRIDAY), Answer.NOT_APPLICABLE)
    with pytest.raises(UserError), canteen.action("Corriger") as session:
        marking.correct(session, CLEANING, entry, reason, initials, canteen.clock())


def test_an_empty_week_is_signed_only_with_a_word_which_explains_what_is_missing(canteen, add):
    add("Sols")
    with pytest.raises(UserError, match="dites pourquoi"):
        sign(canteen)
    sign(canteen, note="Cuisine en travaux")
    assert count(canteen) == (4, 0, 4, 0, 0)


def test_signing_one_sheet_leaves_the_others_open(canteen, add):
    key = add("Sols")
    tick(canteen, key)
    sign(canteen, matrix=WASTE, note="Pas de pesée")
    assert tick(canteen, key) is Verdict.CONFORM


def test_the_starter_plan_leaves_out_what_the_canteen_does_not_have(canteen):
    with canteen.action("Départ") as session:
        bare = add_starter_tasks(session, canteen.clock())
        assert bare == 27 - 4
        assert add_starter_tasks(session, canteen.clock()) == 0
        session.add(
            ColdUnit(
                name="Coffre", kind=UnitKind.FREEZER, maximum=Decimal(-18), tolerance=Decimal(3)
            )
        )
        session.flush()
        assert add_starter_tasks(session, canteen.clock(), {"has:fryer"}) == 4
        every = tasks.cleaning_tasks(session)
        assert len({task.code for task in every}) == 27
        zones = [task.zone for task in every]
        assert zones[0] == "Cuisine"
        assert len([*groupby(zones)]) == len(set(zones))


def test_the_starter_plan_invents_no_product_and_asks_nothing_of_the_past(canteen):
    with canteen.action("Départ") as session:
        add_starter_tasks(session, canteen.clock())
        assert all(task.product is None for task in tasks.cleaning_tasks(session))
    assert count(canteen, Period.month(date(2026, 10, 1))).due == 0


def test_lines_move_inside_their_zone_then_the_zone_moves(canteen, add):
    first, second = add("Sols"), add("Murs")
    add("Tables", zone="Salle")
    with canteen.action("Ordre") as session:
        tasks.move_task(session, second, -1)
        assert [task.name for task in tasks.cleaning_tasks(session)] == ["Murs", "Sols", "Tables"]
        tasks.move_task(session, first, 1)
        assert [task.name for task in tasks.cleaning_tasks(session)] == ["Tables", "Murs", "Sols"]


def test_a_line_added_later_stands_with_its_zone(canteen, add):
    add("Sols")
    add("Tables", zone="Salle")
    add("Murs")
    assert [item.title for item in sheet(canteen).items] == ["Sols", "Murs", "Tables"]


def test_a_retired_line_keeps_its_past_and_one_never_ticked_goes(canteen, add):
    key, other = add("Sols"), add("Murs")
    tick(canteen, key, TUESDAY)
    with canteen.action("Retirer") as session:
        tasks.retire_task(session, key, FRIDAY)
        tasks.retire_task(session, other, FRIDAY)
    assert [item.title for item in sheet(canteen).items] == ["Sols"]
    assert count(canteen) == (3, 1, 0, 2, 0)
    assert count(canteen, Period.week(SUNDAY + timedelta(days=2))).due == 0


def test_a_product_says_nothing_that_is_not_on_its_label(canteen):
    with canteen.action("Produit") as session:
        product = tasks.add_product(session, "Dégraissant")
        assert (product.dose, product.contact_minutes) == ("", None)
        for minutes in (0, -5, 2000):
            with pytest.raises(UserError):
                tasks.change_product(session, product.id, contact_minutes=minutes)
        tasks.change_product(session, product.id, contact_minutes=5)


def test_a_product_that_a_line_uses_is_retired_not_deleted(canteen, add):
    with canteen.action("Produit") as session:
        product = tasks.add_product(session, "Dégraissant").id
        other = tasks.add_product(session, "Jamais servi").id
    add("Sols", product_id=product)
    with canteen.action("Retirer") as session:
        tasks.remove_product(session, product)
        tasks.remove_product(session, other)
        assert [p.name for p in tasks.products(session, retired=True)] == ["Dégraissant"]
        assert tasks.products(session) == []


def test_a_safety_sheet_is_a_pdf(canteen):
    with canteen.action("Produit") as session:
        product = tasks.add_product(session, "Dégraissant")
        with pytest.raises(UserError, match="PDF"):
            tasks.attach_safety_sheet(session, product.id, b"MZ...", "x.pdf", canteen.clock())
        tasks.attach_safety_sheet(session, product.id, b"%PDF-1.7 x", "FDS.pdf", canteen.clock())
        assert product.safety_sheet is not None


def test_a_bait_station_touched_is_a_breach_and_clean_is_not(canteen):
    with canteen.action("Poste") as session:
        station = tasks.add_station(session, "Poste 1", place="Réserve").id
    assert count(canteen, MONTH, PESTS) == (1, 0, 0, 1, 0)

    def found(touches):
        with canteen.action("Relever") as session:
            entry = Entry(Spot(station, FRIDAY, "touches"), value=Decimal(touches))
            return marking.write(session, PESTS, [entry], canteen.clock())[0].verdict

    assert found(0) is Verdict.CONFORM
    assert count(canteen, MONTH, PESTS) == (1, 1, 0, 0, 0)
    assert found(2) is Verdict.BREACH
    with pytest.raises(UserError):
        found("1.5")
    with pytest.raises(UserError):
        found(-1)


def test_two_hundred_lines_over_a_quarter_are_counted_and_read(canteen):
    with canteen.action("Plan énorme") as session:
        for n in range(200):
            session.add(CleaningTask(zone=f"Zone {n % 9}", name=f"Ligne {n}", position=n))
    with canteen.action("Tout fait") as session:
        for day in WEEK.days[1:5]:
            marking.tick_everything(session, CLEANING, day, "AM", canteen.clock())
        assert session.scalar(select(func.count(CleaningMark.id))) == 800
    assert count(canteen) == (800, 800, 0, 0, 0)
    assert len(sheet(canteen).items) == 200
    sign(canteen)
    assert count(canteen, Period(date(2026, 10, 1), date(2027, 1, 1))).done == 800
