"""The verdict of a temperature, and the limit of a cold unit."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.hygiene.families import FAMILIES, Family
from cantine_desktop.hygiene.limits import (
    USUAL_MAXIMUM,
    USUAL_TOLERANCE,
    Bounds,
    UnitKind,
    Verdict,
    derive_limit,
    floor_of,
    judge,
)
from cantine_desktop.sources import sources

VECTORS = Path(__file__).parents[2].parent / "shared/data/hygiene/starter_plan.yaml"
POINTS = {
    "STO-01": UnitKind.FRIDGE,
    "STO-02": UnitKind.FRIDGE,
    "STO-03": UnitKind.FREEZER,
    "STO-04": UnitKind.SAMPLES,
    "STO-05": UnitKind.DISPLAY,
}
WORDS = {
    "conforme": Verdict.CONFORM,
    "tolere": Verdict.TOLERATED,
    "non_conforme": Verdict.BREACH,
}
tenths = st.integers(-400, 300).map(lambda n: Decimal(n).scaleb(-1))


def verdict(kind, celsius, maximum=None, holds=()):
    limit = derive_limit(USUAL_MAXIMUM[kind] if maximum is None else maximum, holds).limit
    return judge(Decimal(celsius), Bounds(limit, USUAL_TOLERANCE[kind], floor_of(kind)))


def cold_vectors():
    """Read the few fields needed, without asking for a YAML reader."""
    text = VECTORS.read_text(encoding="utf-8")
    listed = text.split("\ntest_vectors:\n")[1].split("\ncleaning_plan:")[0]
    for block in listed.split("- cp: ")[1:]:
        point = block.split("\n", 1)[0]
        if point in POINTS:
            field = dict(re.findall(r"^ +(\w+): (\S+)$", block, re.MULTILINE))
            yield point, field, re.findall(r"^    - (\w+)$", block, re.MULTILINE)


@pytest.mark.skipif(not VECTORS.exists(), reason="the starter plan is not beside the repository")
def test_the_starter_plans_own_vectors_are_judged_as_it_says():
    seen = 0
    for point, field, holds in cold_vectors():
        maximum = Decimal(field["equipment_max"]) if "equipment_max" in field else None
        found = verdict(POINTS[point], field["value"], maximum, map(Family, holds))
        assert found is WORDS[field["expect"]], (point, field, holds)
        seen += 1
    assert seen == 15


@pytest.mark.parametrize(
    ("kind", "celsius", "expected"),
    [
        (UnitKind.FRIDGE, "4.0", Verdict.CONFORM),
        (UnitKind.FRIDGE, "4.1", Verdict.TOLERATED),
        (UnitKind.FRIDGE, "6.0", Verdict.TOLERATED),
        (UnitKind.FRIDGE, "6.1", Verdict.BREACH),
        (UnitKind.FRIDGE, "0.0", Verdict.CONFORM),
        (UnitKind.FRIDGE, "-0.1", Verdict.TOLERATED),
        (UnitKind.SAMPLES, "3.0", Verdict.CONFORM),
        (UnitKind.SAMPLES, "3.1", Verdict.BREACH),
        (UnitKind.FREEZER, "-30.0", Verdict.CONFORM),
        (UnitKind.FREEZER, "-18.0", Verdict.CONFORM),
        (UnitKind.FREEZER, "-17.9", Verdict.TOLERATED),
        (UnitKind.FREEZER, "-14.9", Verdict.BREACH),
    ],
)
def test_the_boundaries_fall_on_the_right_side(kind, celsius, expected):
    assert verdict(kind, celsius) is expected


def test_the_strictest_food_lowers_the_limit_and_is_named():
    derived = derive_limit(Decimal(4), {Family.PERISHABLE, Family.PREPARED, Family.MINCED_MEAT})
    assert (derived.limit, derived.family) == (Decimal(2), Family.MINCED_MEAT)


def test_food_that_may_be_warmer_never_loosens_the_unit():
    assert derive_limit(Decimal(4), {Family.PERISHABLE}) == derive_limit(Decimal(4), ())
    assert derive_limit(Decimal(-18), {Family.FROZEN_OTHER}).limit == Decimal(-18)


@given(celsius=tenths, tolerance=st.integers(0, 50).map(lambda n: Decimal(n).scaleb(-1)))
def test_a_tolerance_never_makes_a_reading_conform(celsius, tolerance):
    strict = judge(celsius, Bounds(Decimal(4), Decimal(0)))
    lenient = judge(celsius, Bounds(Decimal(4), tolerance))
    assert (lenient is Verdict.CONFORM) == (strict is Verdict.CONFORM)


@given(celsius=tenths, warmer=st.integers(1, 100).map(lambda n: Decimal(n).scaleb(-1)))
def test_warmer_is_never_better_above_freezing(celsius, warmer):
    order = [Verdict.CONFORM, Verdict.TOLERATED, Verdict.BREACH]
    bounds = Bounds(Decimal(4), Decimal(2))
    assert order.index(judge(celsius, bounds)) <= order.index(judge(celsius + warmer, bounds))


def test_every_rule_names_a_source_that_exists():
    assert {rule.source for rule in FAMILIES.values()} <= set(sources())
