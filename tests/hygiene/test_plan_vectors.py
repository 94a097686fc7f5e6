"""The vectors of the plan this one was made from, and many that are not among them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import Verdict, derive_limit
from cantine_desktop.hygiene.plan.rules import Measured, bounds_of, evaluate
from cantine_desktop.hygiene.plan.shipped import shipped

FILE = Path(__file__).parents[2].parent / "shared/data/hygiene/starter_plan.yaml"
beside = pytest.mark.skipif(not FILE.exists(), reason="the YAML plan is not beside the repository")
PARIS = ZoneInfo("Europe/Paris")
C, T, B, N, X = (
    Verdict.CONFORM,
    Verdict.TOLERATED,
    Verdict.BREACH,
    Verdict.NOT_DONE,
    Verdict.NOT_APPLICABLE,
)
WORDS = {"conforme": C, "tolere": T, "non_conforme": B, "sans_objet": X, "non_realise": N}
DAY = date(2026, 10, 8)


def at(clock, day=DAY):
    """Return an instant of a day in Paris: ``14:30``."""
    hours, minutes = clock.split(":")
    return datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=PARIS)


def measured(**fields):
    """Build a measure from the few words of a vector."""
    given_ = {
        {"held_min": "held_minutes", "temp_start": "start_value", "temp_end": "end_value"}.get(
            key, key
        ): value
        for key, value in fields.items()
    }
    if isinstance(given_.get("start"), str):
        given_["start"] = at(given_["start"])
    if isinstance(given_.get("end"), str):
        end = at(given_["end"])
        given_["end"] = end if end >= given_["start"] else at(fields["end"], DAY + timedelta(1))
    if "contains" in given_:
        given_["contains"] = tuple(given_["contains"])
    numbers = (int, float)
    return Measured(**{
        key: Decimal(str(value))
        if isinstance(value, numbers) and not isinstance(value, bool)
        else value
        for key, value in given_.items()
    })


def verdict(code, **fields):
    return evaluate(shipped().points[code].rule, measured(**fields))


@beside
def test_every_vector_of_the_file_is_judged_as_the_file_says():
    vectors = yaml.safe_load(FILE.read_text("utf-8"))["test_vectors"]
    wrong = [
        (vector, found)
        for vector in vectors
        if (found := verdict(vector["cp"], **vector["input"])) is not WORDS[vector["expect"]]
    ]
    assert not wrong
    assert len(vectors) == 51


THE_FILE_S = [
    ("STO-01", {"value": "3.0", "equipment_max": 4}, C),
    ("STO-01", {"value": "4.0", "equipment_max": 4}, C),
    ("STO-01", {"value": "4.1", "equipment_max": 4}, T),
    ("STO-01", {"value": "6.0", "equipment_max": 4}, T),
    ("STO-01", {"value": "6.1", "equipment_max": 4}, B),
    ("STO-01", {"value": "-0.5", "equipment_max": 4}, T),
    ("STO-01", {"value": "3.5", "equipment_max": 4, "contains": ["pcea"]}, T),
    ("STO-01", {"value": "5.1", "equipment_max": 4, "contains": ["pcea"]}, B),
    ("STO-01", {"value": "2.5", "equipment_max": 4, "contains": ["minced_meat"]}, T),
    ("STO-03", {"value": "-18.0"}, C),
    ("STO-03", {"value": "-17.9"}, T),
    ("STO-03", {"value": "-15.0"}, T),
    ("STO-03", {"value": "-14.9"}, B),
    ("STO-04", {"value": "3.0"}, C),
    ("STO-04", {"value": "3.1"}, B),
    ("REC-02", {"family": "meat_prep", "value": "4.0"}, C),
    ("REC-02", {"family": "meat_prep", "value": "5.5"}, T),
    ("REC-02", {"family": "meat_prep", "value": "6.1"}, B),
    ("REC-02", {"family": "perishable", "value": "8.0"}, C),
    ("REC-02", {"family": "pcea", "value": "3.1"}, B),
    ("REC-02", {"family": "prepacked_maker", "label_max": 6, "value": "6.5"}, T),
    ("COO-01", {"value": "63.0"}, C),
    ("COO-01", {"value": "62.9"}, B),
    ("COO-02", {"value": "70.0", "held_min": 2}, C),
    ("COO-02", {"value": "70.0", "held_min": 1}, B),
    ("COO-02", {"value": "71.0", "held_min": 0}, C),
    ("COO-07", {"value": "25.0"}, C),
    ("COO-07", {"value": "25.5"}, B),
    ("COL-01", {"start": "14:30", "temp_start": 63, "end": "16:29", "temp_end": "9.8"}, C),
    ("COL-01", {"start": "14:30", "temp_start": 63, "end": "16:30", "temp_end": 10}, C),
    ("COL-01", {"start": "14:30", "temp_start": 63, "end": "16:31", "temp_end": 10}, B),
    ("COL-01", {"start": "14:30", "temp_start": 63, "end": "16:10", "temp_end": "10.5"}, B),
    ("COL-01", {"start": "23:30", "temp_start": 63, "end": "01:10", "temp_end": 8}, C),
    ("COL-01", {"start": "14:30", "temp_start": 63}, N),
    ("REH-01", {"start": "11:00", "temp_start": 4, "end": "11:55", "temp_end": 65}, C),
    ("REH-01", {"start": "11:00", "temp_start": 4, "end": "12:05", "temp_end": 65}, B),
    ("REH-01", {"start": "11:00", "temp_start": 4, "end": "11:50", "temp_end": 62}, B),
    ("SER-01", {"value": "62.9"}, B),
    ("SER-03", {"value": "3.0", "minutes_out": 300}, C),
    ("SER-03", {"value": "8.0", "minutes_out": 90}, C),
    ("SER-03", {"value": "8.0", "minutes_out": 121}, B),
    ("SER-03", {"value": "10.1", "minutes_out": 5}, B),
    ("SAM-01", {"value": 79}, B),
    ("SAM-03", {"value": 4}, B),
    ("SAM-03", {"value": 5}, C),
    ("PRE-12", {"value": 3}, C),
    ("PRE-12", {"value": 4}, B),
    ("CAL-01", {"value": "1.0"}, C),
    ("CAL-01", {"value": "1.2"}, B),
    ("STO-06", {"value": 1}, B),
    ("STA-01", {"value": 0}, B),
]

OURS = [
    # A fridge that says nothing of itself is a 4 °C fridge; a warmer one is still bound by food.
    ("STO-01", {"value": "4.0"}, C),
    ("STO-01", {"value": "4.1"}, T),
    ("STO-01", {"value": "0"}, C),
    ("STO-01", {"value": "-40"}, T),
    ("STO-01", {"value": "7.9", "equipment_max": 8}, C),
    ("STO-01", {"value": "7.9", "equipment_max": 8, "contains": ["perishable"]}, C),
    ("STO-01", {"value": "7.9", "equipment_max": 8, "contains": ["perishable", "offal"]}, B),
    ("STO-01", {"value": "5.0", "equipment_max": 8, "contains": ["cooled_dish"]}, T),
    ("STO-01", {"value": "4.5", "equipment_max": 3, "contains": ["perishable"]}, T),
    ("STO-01", {"value": "3.0", "equipment_max": 4, "contains": ["sans_nom"]}, N),
    ("STO-01", {}, N),
    ("STO-02", {"value": "4.1", "equipment_max": 4, "contains": ["fresh_fish"]}, B),
    ("STO-02", {"value": "4.0", "equipment_max": 4, "contains": ["fresh_fish"]}, T),
    ("STO-03", {"value": "-30"}, C),
    ("STO-03", {"value": "4"}, B),
    ("STO-04", {"value": "-0.1"}, T),
    ("STO-05", {"value": "3.5", "contains": ["pcea"]}, T),
    ("STO-05", {"value": "6.1"}, B),
    ("STO-11", {"value": "28"}, T),
    ("STO-11", {"value": "28.1"}, B),
    ("STO-11", {}, N),
    ("STO-13", {"value": "-0.5"}, T),
    ("STO-13", {"value": "4.1"}, B),
    ("STO-16", {"value": "3"}, N),
    ("STO-16", {"value": "4.1", "equipment_max": 4}, B),
    # At reception the family decides, a lower label wins, and an unknown food is not judged.
    ("REC-02", {"value": "3"}, N),
    ("REC-02", {"family": "licorne", "value": "3"}, N),
    ("REC-02", {"family": "prepacked_maker", "value": "3"}, N),
    ("REC-02", {"family": "prepacked_maker", "label_max": 6, "value": "7.1"}, B),
    ("REC-02", {"family": "very_perishable", "label_max": 2, "value": "3"}, T),
    ("REC-02", {"family": "very_perishable", "label_max": 2, "value": "4.1"}, B),
    ("REC-02", {"family": "very_perishable", "label_max": 9, "value": "6.1"}, B),
    ("REC-02", {"family": "fresh_fish", "value": "-1"}, T),
    ("REC-02", {"family": "fresh_fish", "value": "3"}, T),
    ("REC-02", {"family": "meat_carcass", "value": "7.1"}, B),
    ("REC-02", {"family": "frozen", "value": "-15"}, T),
    ("REC-02", {"family": "frozen_other", "value": "-11.9"}, B),
    ("REC-02", {"family": "hot_served", "value": "62.9"}, B),
    ("REC-02", {"family": "hot_served", "value": "63"}, C),
    ("REC-02", {"family": "eggs_shell", "value": "19"}, C),
    ("REC-02", {"family": "minced_meat"}, N),
    ("REC-12", {"family": "very_perishable", "value": "4.1"}, B),
    ("REC-03", {"value": "3.0"}, T),
    ("REC-03", {"value": "3.1"}, B),
    ("REC-03", {"value": "-0.1"}, T),
    ("REC-05", {"value": "-14.9"}, B),
    ("REC-07", {"value": 0}, C),
    ("REC-07", {"value": -1}, B),
    ("REC-07", {}, N),
    ("REC-13", {"value": 60}, C),
    ("REC-13", {"value": 61}, B),
    ("REC-13", {"value": -3}, N),
    ("REC-14", {"start": "09:00", "end": "09:31"}, B),
    ("REC-14", {"start": "09:00", "end": "09:30"}, C),
    ("REC-14", {"start": "09:00"}, N),
    # Cooking: a temperature held, or one that needs no holding.
    ("COO-02", {"value": "70.0"}, N),
    ("COO-02", {"value": "69.9", "held_min": 60}, B),
    ("COO-02", {"value": "70.5", "held_min": "1.9"}, B),
    ("COO-03", {"value": "74"}, C),
    ("COO-03", {"value": "73.9", "held_min": 2}, C),
    ("COO-04", {"value": "63"}, C),
    ("COO-04", {"value": "60", "held_min": 1}, C),
    ("COO-04", {"value": "62", "held_min": 0}, B),
    ("COO-05", {"value": "65", "held_min": 45}, N),
    ("COO-05", {"value": "65", "held_min": 45, "given": 64, "given_minutes": 45}, C),
    ("COO-05", {"value": "65", "held_min": 44, "given": 64, "given_minutes": 45}, B),
    ("COO-05", {"value": "63", "held_min": 45, "given": 64, "given_minutes": 45}, B),
    ("COO-06", {"value": "180"}, C),
    ("COO-06", {"value": "185"}, T),
    ("COO-06", {"value": "186"}, B),
    ("COO-07", {"value": "22.5"}, C),
    ("COO-07", {"value": "-1"}, N),
    ("COO-08", {"is_right": False}, B),
    # Out of the cold: warmer is shorter, and an unknown time proves nothing.
    ("SER-03", {"value": "8.0"}, N),
    ("SER-03", {"value": "8.0", "minutes_out": 120}, C),
    ("SER-03", {"value": "3.1", "minutes_out": 121}, B),
    ("SER-03", {"value": "10", "minutes_out": -5}, N),
    ("PRE-07", {"value": "2.9"}, C),
    ("PRE-07", {"value": "10.1"}, B),
    ("SER-02", {"value": "63"}, C),
    ("DON-01", {"value": "3"}, C),
    ("DON-01", {"value": "3.1"}, B),
    ("DON-01", {"value": "62.9"}, B),
    ("DON-01", {"value": "63"}, C),
    # Figures, checks, answers, dates.
    ("PRE-02", {"is_right": True}, C),
    ("PRE-02", {}, N),
    ("PRE-02", {"is_exempt": True}, X),
    ("PRE-05", {"value": "4.9"}, B),
    ("SAM-01", {"value": 80}, C),
    ("SAM-01", {}, N),
    ("COL-04", {"answer": "jeter"}, C),
    ("COL-04", {"answer": "garder"}, N),
    ("DOC-09", {"answer": "satisfaisant"}, C),
    ("DOC-09", {"answer": "a_ameliorer"}, B),
    ("STA-04", {"on": date(2021, 10, 8), "today": DAY}, C),
    ("STA-04", {"on": date(2021, 10, 7), "today": DAY}, B),
    ("STA-04", {"on": date(2024, 2, 29), "today": date(2029, 2, 28)}, C),
    ("STA-04", {"on": date(2024, 2, 29), "today": date(2029, 3, 1)}, B),
    ("STA-04", {"on": date(2026, 12, 1), "today": DAY}, N),
    ("STA-04", {"today": DAY}, N),
    ("CLE-28", {"value": 5}, N),
    ("CLE-28", {"value": 5, "given": 5}, C),
    ("CLE-28", {"value": 4, "given": 5}, B),
    ("CLE-30", {"value": "55", "rinse": "80"}, C),
    ("CLE-30", {"value": "50", "rinse": "80"}, T),
    ("CLE-30", {"value": "49.9", "rinse": "80"}, B),
    ("CLE-30", {"value": "55", "rinse": "79"}, B),
    ("CLE-30", {"value": "55"}, N),
    ("CLE-30", {"value": "40"}, B),
    ("CLE-31", {"value": 3}, N),
    ("CLE-31", {"value": 3, "given": 10}, C),
    ("CLE-31", {"value": 11, "given": 10}, B),
    ("CAL-01", {"value": "-1.1"}, B),
    ("CAL-02", {"value": "98.5"}, B),
    ("CAL-02", {"value": "98.5", "altitude": 400}, C),
    ("CAL-03", {"value": "5.5", "reference": "4.5"}, C),
    ("CAL-03", {"value": "5.6", "reference": "4.5"}, B),
    ("CAL-04", {"value": "-6"}, B),
    ("PES-02", {"value": 1}, B),
    ("TIA-01", {"value": 1}, X),
    ("TIA-01", {"value": 2}, N),
    ("TIA-01", {"value": 2, "is_right": True}, C),
    ("TIA-01", {"value": 2, "is_right": False}, B),
]


def as_numbers(fields):
    typed = {"start", "end", "family", "answer"}
    return {
        key: Decimal(value) if isinstance(value, str) and key not in typed else value
        for key, value in fields.items()
    }


@pytest.mark.parametrize(("code", "fields", "expected"), THE_FILE_S + OURS)
def test_a_measure_means_what_its_rule_says(code, fields, expected):
    assert verdict(code, **as_numbers(fields)) is expected


def test_the_figures_of_the_file_are_carried_here_too():
    assert len(THE_FILE_S) == 51
    assert len(OURS) >= 60
    assert not [case for case in OURS if case in THE_FILE_S]


CURVE = {"start_value": Decimal(63), "end_value": Decimal(9)}
COOLING = ("COL-01", "REH-01")


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        # The night the clocks go forward: an hour less by the sun than by the clock.
        (date(2026, 3, 29), "01:00", "03:50", C),
        (date(2026, 3, 29), "01:00", "04:01", B),
        # The night they go back: an hour more.
        (date(2026, 10, 25), "01:30", "03:20", B),
        (date(2026, 10, 25), "01:30", "02:10", C),
        (date(2026, 12, 31), "23:00", "22:00", N),
    ],
)
def test_a_cooling_is_timed_by_the_sun_whatever_the_clocks_do(day, start, end, expected):
    curve = Measured(start=at(start, day), end=at(end, day), **CURVE)
    assert evaluate(shipped().points["COL-01"].rule, curve) is expected


def test_a_cooling_first_measured_under_63_counts_from_the_end_of_cooking():
    rule = shipped().points["COL-01"].rule
    late = Measured(
        start=at("14:30"), start_value=Decimal(58), end=at("16:00"), end_value=Decimal(9)
    )
    assert evaluate(rule, late) is N
    assert evaluate(rule, late._replace(counted_from=at("14:05"))) is C
    assert evaluate(rule, late._replace(counted_from=at("13:59"))) is B
    assert evaluate(rule, late._replace(end_value=Decimal(11))) is B


def test_a_dish_that_had_left_the_cold_is_not_reheated_rightly():
    curve = Measured(
        start=at("11:00"), start_value=Decimal(11), end=at("11:30"), end_value=Decimal(70)
    )
    assert evaluate(shipped().points["REH-01"].rule, curve) is B
    assert evaluate(shipped().points["REH-01"].rule, curve._replace(start_value=Decimal(10))) is C


def test_a_cooling_ends_at_two_hours_to_the_second():
    start = at("23:00", date(2026, 12, 31)).astimezone(UTC)
    for seconds, expected in ((7200, C), (7201, B)):
        curve = Measured(start=start, end=start + timedelta(seconds=seconds), **CURVE)
        assert evaluate(shipped().points["COL-01"].rule, curve) is expected


def test_an_instant_without_a_zone_is_refused():
    curve = Measured(start=at("11:00"), end=datetime(2026, 10, 8, 12, 0), **CURVE)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        evaluate(shipped().points["COL-01"].rule, curve)


@given(
    st.sampled_from(COOLING),
    st.sampled_from(["start", "start_value", "end", "end_value"]),
    st.integers(-300, 1500),
    st.integers(-300, 1500),
    st.integers(0, 400),
)
def test_an_open_curve_is_never_conform(code, missing, first, last, lasted):
    whole = Measured(
        start=at("12:00"),
        start_value=Decimal(first).scaleb(-1),
        end=at("12:00") + timedelta(minutes=lasted),
        end_value=Decimal(last).scaleb(-1),
    )
    assert evaluate(shipped().points[code].rule, whole._replace(**{missing: None})) is N


tenths = st.integers(-500, 500).map(lambda n: Decimal(n).scaleb(-1))
families = st.lists(st.sampled_from(sorted(f.value for f in Family)), max_size=4).map(tuple)


@given(st.sampled_from(["STO-01", "STO-03", "STO-05"]), tenths, tenths, families)
def test_hotter_is_never_better_for_a_cold_unit(code, one, other, contains):
    rule = shipped().points[code].rule
    bounds = bounds_of(rule, Measured(contains=contains))
    floor = bounds.least if bounds.least is not None and bounds.least <= bounds.most else None
    cold, hot = sorted((one, other) if floor is None else (max(one, floor), max(other, floor)))
    order = [C, T, B]
    verdicts = [evaluate(rule, Measured(value=value, contains=contains)) for value in (cold, hot)]
    assert order.index(verdicts[0]) <= order.index(verdicts[1])


@given(families, st.integers(-250, 90).map(lambda n: Decimal(n).scaleb(-1)))
def test_the_limit_of_a_unit_is_the_one_its_own_screen_shows(contains, maximum):
    bounds = bounds_of(
        shipped().points["STO-01"].rule, Measured(contains=contains, equipment_max=maximum)
    )
    assert bounds.most == derive_limit(maximum, map(Family, contains)).limit


@given(st.sampled_from(sorted(shipped().points)))
def test_nothing_measured_is_never_conform(code):
    assert evaluate(shipped().points[code].rule, Measured()) is N


@pytest.mark.parametrize("absurd", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_not_done(absurd):
    for code, point in shipped().points.items():
        found = evaluate(point.rule, Measured(value=Decimal(absurd), minutes_out=Decimal(1)))
        assert found is N, code
