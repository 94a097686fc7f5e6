"""Checks of the day, of the week and of the month: answered or measured, judged by the plan."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breaches
from cantine_desktop.hygiene.breaches import Breach
from cantine_desktop.hygiene.cleaning import marking, points
from cantine_desktop.hygiene.cleaning.matrices import DAY_CHECKS, WEEK_CHECKS
from cantine_desktop.hygiene.cleaning.matrix import Takes
from cantine_desktop.hygiene.cleaning.model import Answer
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot, counts, read_sheet
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.values.period import Period

TUESDAY, FRIDAY = date(2026, 11, 17), date(2026, 11, 20)
WEEK = Period.week(FRIDAY)


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
    return book


@pytest.fixture
def every_point(monkeypatch):
    """Switch on every point of the shipped plan."""
    found = shipped().points
    monkeypatch.setattr(points, "points_in_force", lambda _s, _day: tuple(found.values()))
    monkeypatch.setattr(points, "point_of", lambda _s, code, _day: found.get(code))


@pytest.fixture
def note(canteen, every_point):  # noqa: ARG001  -- the plan it is judged by
    def write(code, value=None, answer=None, matrix=WEEK_CHECKS, part="", words=""):
        number = None if value is None else Decimal(value)
        entry = Entry(Spot(code, FRIDAY, part), answer, number, words, "AM")
        with canteen.action("Contrôle") as session:
            return marking.write(session, matrix, [entry], canteen.clock())[0].verdict

    return write


def items(book, matrix):
    with book.read() as session:
        return {item.key: item for item in matrix.items(session, WEEK)}


def found_breaches(book):
    with book.read() as session:
        return session.scalars(select(Breach).order_by(Breach.id)).all()


def test_a_small_canteen_starts_with_the_critical_points_only(canteen):
    assert 0 < len(items(canteen, DAY_CHECKS)) < 9
    assert "CLE-30" not in items(canteen, WEEK_CHECKS)


@pytest.mark.usefixtures("every_point")
def test_opening_and_closing_ask_for_different_things(canteen):
    day = items(canteen, DAY_CHECKS)
    assert day["HYG-01"].parts == (points.OPENING,)
    assert day["WST-01"].parts == (points.CLOSING,)
    assert day["PRE-08"].optional
    with canteen.read() as session:
        due = read_sheet(session, DAY_CHECKS, WEEK).due
    assert Spot("HYG-01", FRIDAY, points.OPENING) in due
    assert Spot("HYG-01", FRIDAY, points.CLOSING) not in due


@pytest.mark.parametrize(
    ("code", "value", "verdict"),
    [
        ("CLE-30", "60", Verdict.CONFORM),
        ("CLE-30", "55", Verdict.CONFORM),
        ("CLE-30", "52", Verdict.TOLERATED),
        ("CLE-30", "49.9", Verdict.BREACH),
        ("CLE-30/rinse", "82", Verdict.CONFORM),
        ("CLE-30/rinse", "79.9", Verdict.BREACH),
        ("STO-11", "18", Verdict.CONFORM),
        ("STO-11", "27", Verdict.TOLERATED),
        ("STO-11", "29", Verdict.BREACH),
        ("WAT-01", "5", Verdict.CONFORM),
        ("WAT-01", "1", Verdict.BREACH),
    ],
)
def test_a_measure_is_judged_by_the_plan(note, code, value, verdict):
    assert note(code, value) is verdict


def test_a_dry_store_is_looked_at_or_measured(canteen, note):
    assert items(canteen, WEEK_CHECKS)["STO-11"].takes is Takes.EITHER
    assert note("STO-11", answer=Answer.CONFORM) is Verdict.CONFORM
    assert note("STO-11", answer=Answer.NOT_CONFORM, words="Farine au sol") is Verdict.BREACH


def test_a_measure_is_never_ok(note):
    with pytest.raises(UserError, match="OK"):
        note("CLE-30", answer=Answer.CONFORM)


def test_an_answer_that_is_no_number_stays_a_check(note):
    with pytest.raises(UserError):
        note("STO-17", "3")


def test_not_conform_opens_a_breach_with_its_words_and_conform_withdraws_it(canteen, note):
    note("STO-17", answer=Answer.NOT_CONFORM, words="Javel sur l’étagère")
    (breach,) = found_breaches(canteen)
    assert (breach.register, breach.point) == ("week-checks", "STO-17")
    assert breach.words == "Javel sur l’étagère"
    assert breach.is_open
    note("STO-17", answer=Answer.CONFORM)
    assert not found_breaches(canteen)[0].is_open


def test_a_measure_out_of_bounds_keeps_what_was_measured_and_the_limit(canteen, note):
    note("CLE-30/rinse", "71")
    (breach,) = found_breaches(canteen)
    assert (breach.measured, breach.limit) == (71, 80)


def test_a_box_with_a_breach_acted_upon_is_not_erased(canteen, note):
    note("STO-17", answer=Answer.NOT_CONFORM, words="Javel")
    (breach,) = found_breaches(canteen)
    with canteen.action("Agir") as session:
        breaches.act(session, breach.id, "Rangement", "Rangé à part", canteen.clock())
    with pytest.raises(UserError, match="corrective"), canteen.action("Vider") as session:
        marking.erase(session, WEEK_CHECKS, [Spot("STO-17", FRIDAY)])


def test_without_object_is_not_due_and_a_purge_is_never_missing(canteen, note):
    with canteen.read() as session:
        before = counts(session, WEEK_CHECKS, WEEK)
    note("STO-17", answer=Answer.NOT_APPLICABLE)
    with canteen.read() as session:
        after = counts(session, WEEK_CHECKS, WEEK)
    assert after.due == before.due - 1
    assert items(canteen, WEEK_CHECKS)["WAT-01"].is_written_on_event


def test_a_correction_moves_the_breach_to_the_new_row(canteen, note):
    note("CLE-30", "40")
    with canteen.action("Signer") as session:
        marking.sign_week(session, WEEK_CHECKS, FRIDAY, "AM", "", canteen.clock())
    with canteen.action("Corriger") as session:
        entry = Entry(Spot("CLE-30", FRIDAY), value=Decimal(60))
        marking.correct(session, WEEK_CHECKS, entry, "Mauvais cadran", "MB", canteen.clock())
    (breach,) = found_breaches(canteen)
    assert not breach.is_open
