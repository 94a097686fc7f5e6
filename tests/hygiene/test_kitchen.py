"""People in the kitchen: welcomed cooks, training, refused allergens, and nothing medical."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.breach_tables import Breach
from cantine_desktop.hygiene.kitchen.briefing import BRIEFING, RULES, cooks_of, counts, most_cooks
from cantine_desktop.hygiene.kitchen.model import Course, Role
from cantine_desktop.hygiene.kitchen.refusals import REFUSALS
from cantine_desktop.hygiene.kitchen.training import TRAINING, fourteen_hours, training_plan
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.drafting import Signed, adapt, put_in_force, start_draft
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.registers import recording
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.storage.search import find
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)
WEEK = Period.week(FRIDAY)


def write(book, register, day=FRIDAY, **values):
    with book.action("Noter") as session:
        return recording.add(session, register, {"day": day, **values}, book.clock()).verdict


def cook(book, name="Odile", day=FRIDAY, **values):
    whole = {"first_name": name, "role": Role.DINER, "received": "OC", "hands": True, "fit": True}
    return write(book, BRIEFING, day, **{**whole, **values})


def breaches(book):
    with book.read() as session:
        return [(each.point, each.subject, each.words) for each in session.scalars(select(Breach))]


def commercial(book):
    with book.action("Plan") as session:
        start_draft(session)
        adapt(session, Regime.COMMERCIAL, [])
        put_in_force(session, date(2026, 1, 1), Signed("Plan", "", "AM", "AM"), book.clock())


def test_a_cook_who_heard_the_rules_and_washed_is_welcomed(book):
    assert cook(book) is Verdict.CONFORM


@pytest.mark.parametrize("missing", ["first_name", "received", "hands", "fit"])
def test_a_row_with_a_hole_proves_nothing(book, missing):
    assert cook(book, **{missing: None}) is Verdict.NOT_DONE
    assert not breaches(book)


def test_who_does_not_cook_is_asked_nothing_more(book):
    assert cook(book, fit=False, hands=None, received="") is Verdict.CONFORM
    assert not breaches(book), "to be kept away is no fault, and leaves no trace elsewhere"


def test_unwashed_hands_are_a_breach_that_names_nobody(book):
    assert cook(book, "Zoé-Églantine", hands=False) is Verdict.BREACH
    assert breaches(book) == [("PRE-03", "Accueil en cuisine", "Mains non lavées")]


def test_cooks_are_counted_day_by_day_without_those_who_did_not_cook(book):
    for name in ("Odile", "Karim", "Lou"):
        cook(book, name)
    cook(book, "Ana", fit=False)
    cook(book, "Odile", date(2026, 11, 19))
    cook(book, "Odile", date(2026, 11, 12))
    with book.read() as session:
        assert cooks_of(session, WEEK) == {FRIDAY: 3, date(2026, 11, 19): 1}
        assert most_cooks(session, WEEK) == 3
        assert most_cooks(session, Period.week(date(2026, 1, 1))) == 0


def test_days_without_a_welcome_are_missing(book):
    with book.action("Cantine") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
    cook(book)
    with book.read() as session:
        assert counts(session, WEEK)[:2] == (4, 1)


def test_nobody_is_found_by_a_first_name(book):
    cook(book, "Philippine")
    write(book, REFUSALS, first_name="Philippine", allergen=Allergen.MILK, signed=True)
    with book.read() as session:
        assert not find(session, "philippine", 10)


def test_no_column_of_the_kitchen_leaves_room_for_a_diagnosis():
    for register in (BRIEFING, REFUSALS):
        keys = {column.key for column in register.columns}
        assert "note" not in keys
        assert register.keeps_names
    assert RETENTION[BRIEFING.retention].months <= 6
    assert len(RULES) == 5


def test_the_fourteen_hours_are_asked_by_the_regime(book):
    with book.read() as session:
        found = fourteen_hours(session, FRIDAY)
    assert (found.is_due, found.people) == (False, ())
    assert "associations" in found.words
    commercial(book)
    with book.read() as session:
        found = fourteen_hours(session, FRIDAY)
    assert found.is_due
    assert "régime" in found.words


@pytest.mark.parametrize(
    ("course", "hours", "signed", "counted"),
    [
        (Course.FOURTEEN_HOURS, "14", True, True),
        (Course.FOURTEEN_HOURS, "13.5", True, False),
        (Course.FOURTEEN_HOURS, None, True, False),
        (Course.FOURTEEN_HOURS, "14", None, False),
        (Course.EXEMPT, None, True, True),
        (Course.HACCP, "21", True, False),
    ],
)
def test_who_counts_as_trained(book, course, hours, signed, counted):
    hours = None if hours is None else Decimal(hours)
    write(book, TRAINING, name="A. Martin", course=course, hours=hours, signed=signed)
    with book.read() as session:
        assert bool(fourteen_hours(session, FRIDAY).people) is counted
        assert not fourteen_hours(session, date(2026, 11, 19)).people, "not before the course"


def test_a_validity_the_canteen_chose_ends(book):
    write(
        book,
        TRAINING,
        date(2024, 3, 1),
        name="A. Martin",
        course=Course.FOURTEEN_HOURS,
        hours=Decimal(14),
        signed=True,
        valid_until=date(2027, 1, 15),
    )
    with book.read() as session:
        assert fourteen_hours(session, date(2027, 1, 14)).people
        assert not fourteen_hours(session, date(2027, 1, 15)).people
        (one,) = training_plan(session, FRIDAY)
        assert (one.name, one.by) == ("A. Martin", date(2027, 1, 15))


def test_the_plan_of_training_names_who_was_never_welcomed(book):
    write(book, TRAINING, name="Lou", course=Course.MEETING, signed=True)
    write(book, TRAINING, name="Ana", course=Course.WELCOME, signed=True)
    with book.read() as session:
        planned = [(each.name, each.course) for each in training_plan(session, FRIDAY)]
    assert planned == [
        ("Une personne", "Hygiène alimentaire, 14\u00a0h"),
        ("Lou", "Livret d’accueil hygiène"),
    ]


def test_a_refusal_is_proved_by_a_signed_paper(book):
    values = {"first_name": "Lou", "sign": "LB", "allergen": Allergen.NUTS}
    assert write(book, REFUSALS, **values) is Verdict.NOT_DONE
    assert write(book, REFUSALS, **values, signed=True) is Verdict.CONFORM
    assert write(book, REFUSALS, first_name="Lou", signed=True) is Verdict.NOT_DONE


def test_refusals_are_kept_three_years_after_the_meal_and_only_for_regular_diners(book):
    assert REFUSALS.retention is Retention.ALLERGEN_REFUSAL
    assert RETENTION[REFUSALS.retention].months == 36
    with book.read() as session:
        assert REFUSALS.applies(session)
    commercial(book)
    with book.read() as session:
        assert not REFUSALS.applies(session)
