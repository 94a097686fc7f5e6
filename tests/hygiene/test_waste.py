"""Food waste: kilograms of a day, grams for one diner, the fields of ma-cantine."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.cleaning import marking, waste
from cantine_desktop.hygiene.cleaning.matrices import WASTE
from cantine_desktop.hygiene.cleaning.waste import WasteFrom, totals_of
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot, counts, read_sheet
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.values.period import Period

TUESDAY, FRIDAY = date(2026, 11, 17), date(2026, 11, 20)
WEEK = Period.week(FRIDAY)

FIELDS = {
    "period_start_date",
    "period_end_date",
    "meal_count",
    "total_mass",
    "is_sorted_by_source",
    "preparation_total_mass",
    "preparation_is_sorted",
    "preparation_edible_mass",
    "preparation_inedible_mass",
    "unserved_total_mass",
    "unserved_is_sorted",
    "unserved_edible_mass",
    "unserved_inedible_mass",
    "leftovers_total_mass",
    "leftovers_is_sorted",
    "leftovers_edible_mass",
    "leftovers_inedible_mass",
}
"""Fields of the platform's model, read in its source (betagouv/ma-cantine)."""


@pytest.fixture
def weigh(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))

    def write(line, value, day=FRIDAY):
        with book.action("Peser") as session:
            entry = Entry(Spot(line, day), value=Decimal(value))
            return marking.write(session, WASTE, [entry], book.clock())[0].verdict

    return write


def measured(book, period=WEEK):
    with book.read() as session:
        return waste.measured(session, period)


def test_a_week_adds_up_exactly_to_the_gram(book, weigh):
    weigh("preparation_edible", "0.125", TUESDAY)
    weigh("preparation_inedible", "1.300", TUESDAY)
    weigh("unserved_edible", "0.001", TUESDAY)
    weigh("meal_count", 28, TUESDAY)
    weigh("leftovers_edible", "0.574")
    weigh("meal_count", 22)
    found = measured(book)
    assert found.total_mass == Decimal("2.000")
    assert found.grams_per_diner == 40
    assert (found.period_start_date, found.period_end_date) == (TUESDAY, FRIDAY)
    fields = found.fields()
    assert set(fields) == FIELDS
    assert fields["meal_count"] == 50
    assert fields["preparation_total_mass"] == Decimal("1.425")
    assert fields["preparation_is_sorted"] is True
    assert fields["leftovers_inedible_mass"] == 0


def test_what_was_weighed_together_is_said_not_to_be_sorted(book, weigh):
    weigh("leftovers_edible", "0.5")
    weigh("leftovers_together", "0.7", TUESDAY)
    fields = measured(book).fields()
    assert fields["leftovers_total_mass"] == Decimal("1.2")
    assert fields["leftovers_is_sorted"] is False
    assert fields["leftovers_edible_mass"] is None
    assert fields["preparation_total_mass"] is None


def test_grams_for_one_diner_wait_for_the_diners_of_every_day_weighed(book, weigh):
    weigh("leftovers_edible", "1")
    weigh("leftovers_edible", "1", TUESDAY)
    weigh("meal_count", 20)
    assert measured(book).meal_count is None
    assert measured(book).grams_per_diner is None
    weigh("meal_count", 20, TUESDAY)
    assert measured(book).grams_per_diner == 50


def test_diners_of_a_day_nothing_was_weighed_on_do_not_thin_the_grams(book, weigh):
    weigh("leftovers_edible", "1")
    weigh("meal_count", 20)
    weigh("meal_count", 500, TUESDAY)
    assert measured(book).grams_per_diner == 50


def test_what_goes_to_collection_is_not_added_twice(book, weigh):
    weigh("leftovers_edible", "1")
    weigh("biowaste", "6")
    assert measured(book).total_mass == 1


def test_nothing_weighed_is_no_measurement(book, weigh):
    assert measured(book) is None
    weigh("meal_count", 30)
    assert measured(book) is None


@pytest.mark.parametrize("value", ["-0.1", "350", "1.2345", "NaN", "Infinity"])
def test_a_weight_that_no_scale_shows_is_refused(weigh, value):
    with pytest.raises(UserError):
        weigh("leftovers_edible", value)


def test_diners_are_whole(weigh):
    with pytest.raises(UserError):
        weigh("meal_count", "12.5")


def test_a_corrected_weight_counts_once(book, weigh):
    weigh("leftovers_edible", "5")
    with book.action("Signer") as session:
        marking.sign_week(session, WASTE, FRIDAY, "AM", "", book.clock())
    with book.action("Corriger") as session:
        entry = Entry(Spot("leftovers_edible", FRIDAY), value=Decimal("0.5"))
        marking.correct(session, WASTE, entry, "Virgule oubliée", "AM", book.clock())
    assert measured(book).total_mass == Decimal("0.5")
    with book.action("Annuler la pesée") as session:
        entry = Entry(Spot("leftovers_edible", FRIDAY))
        marking.correct(session, WASTE, entry, "Pas pesé ce jour-là", "AM", book.clock())
    assert measured(book) is None


def test_the_sheet_shows_the_total_of_each_day_and_of_the_week(book, weigh):
    weigh("preparation_edible", "0.4")
    weigh("meal_count", 10)
    weigh("unserved_edible", "0.6", TUESDAY)
    with book.read() as session:
        mass, grams = WASTE.totals(read_sheet(session, WASTE, WEEK))
    assert mass.values == {FRIDAY: Decimal("0.4"), TUESDAY: Decimal("0.6"), None: Decimal(1)}
    assert grams.values == {FRIDAY: 40}


def test_weighing_is_no_duty_until_its_point_is_switched_on(book, weigh):
    with book.read() as session:
        assert counts(session, WASTE, WEEK).due == 0
    assert weigh("leftovers_edible", 0) is Verdict.CONFORM
    with book.read() as session:
        assert counts(session, WASTE, WEEK) == (1, 1, 0, 0, 0)


WEIGHT = st.integers(0, 200_000).map(lambda grams: Decimal(grams).scaleb(-3))


@given(
    st.dictionaries(
        st.integers(0, 364).map(lambda n: date(2026, 1, 1) + timedelta(days=n)),
        st.dictionaries(st.sampled_from(waste.WEIGHTS), WEIGHT, min_size=1),
        min_size=1,
        max_size=40,
    )
)
def test_totals_are_the_sum_of_their_parts(days):
    found = totals_of(days)
    assert found.total_mass == sum((sum(lines.values()) for lines in days.values()), Decimal(0))
    assert found.total_mass == sum((mass.total for mass in found.sources.values()), Decimal(0))
    for source in WasteFrom:
        mass = found.sources.get(source)
        if mass and mass.is_sorted:
            assert mass.edible + mass.inedible == mass.total
