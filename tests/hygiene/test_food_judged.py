"""What the sheets of food mean, row by row, written as the grid writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cantine_desktop.clock import PARIS
from cantine_desktop.hygiene.catalogue import register_of
from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers import recording

DAY = date(2026, 11, 19)
C, T, B, N = Verdict.CONFORM, Verdict.TOLERATED, Verdict.BREACH, Verdict.NOT_DONE

GOODS = {
    "product": "Blanc de poulet",
    "supplier": "Volailles du Bocage",
    "ware": "meat_prep",
    "decision": "accepted",
}
CURVE = {"dish": "Gratin de courge"}
SERVED = {"dish": "Gratin de courge", "discarded": True}


def at(clock, day=DAY):
    hours, minutes = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=PARIS)


@pytest.fixture
def judged(book):
    """Write a row of a register, and return the verdict and the fault of what was stored."""

    def write(key, day=DAY, **values):
        register = register_of(key)
        numbers = {
            name: Decimal(value) if isinstance(value, str) and _is_number(value) else value
            for name, value in values.items()
        }
        with book.action("Fiche") as session:
            record = recording.add(session, register, {"day": day, **numbers}, book.clock())
            record_id = record.id
        with book.read() as session:
            stored = session.get_one(register.model, record_id)
            found = recording.judge(session, register, stored)
            assert stored.verdict is found.verdict
            return found

    return write


def _is_number(text):
    return text.lstrip("-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        (C, {"celsius": "4.0"}),
        (N, {"celsius": "5.5"}),
        (T, {"celsius": "5.5", "decision": "reserve", "note": "Réserve sur le BL, au froid"}),
        (N, {"celsius": "5.5", "decision": "reserve"}),
        (B, {"celsius": "6.1"}),
        (C, {"ware": "perishable", "celsius": "8.0"}),
        (B, {"ware": "pcea", "celsius": "3.1"}),
        (N, {"ware": "prepacked_maker", "celsius": "6.5"}),
        (
            T,
            {
                "ware": "prepacked_maker",
                "label_celsius": "6",
                "celsius": "6.5",
                "decision": "refused",
                "note": "Rendu au livreur",
            },
        ),
        (B, {"ware": "prepacked_maker", "label_celsius": "6", "celsius": "7.5"}),
    ],
)
def test_goods_are_judged_by_their_family(judged, verdict, values):
    assert judged("goods", **{**GOODS, **values}).verdict is verdict


def test_fish_at_seven_degrees_is_a_breach_whatever_was_decided(judged):
    fish = {**GOODS, "product": "Lieu noir", "ware": "fresh_fish", "celsius": "7"}
    accepted = judged("goods", **fish).fault
    assert (accepted.point, accepted.measured, accepted.limit) == ("REC-04", 7, 2)
    assert accepted.severity is Severity.CRITICAL
    assert "malgré" in accepted.words
    assert accepted.subject == "Lieu noir, Volailles du Bocage"
    refused = judged("goods", **{**fish, "decision": "refused", "note": "Rendu"}).fault
    assert "refusé" in refused.words


def test_a_label_lower_than_the_family_wins_and_a_higher_one_does_not(judged):
    low = {**GOODS, "celsius": "5.5", "label_celsius": "3"}
    assert judged("goods", **low).fault.limit == 3
    fish = {**GOODS, "ware": "fresh_fish", "celsius": "2", "label_celsius": "0"}
    assert judged("goods", **fish).fault.limit == 0
    assert judged("goods", **{**fish, "label_celsius": "8"}).verdict is C


def test_a_gift_has_no_tolerance(judged):
    warm = {**GOODS, "celsius": "5", "decision": "reserve", "note": "À manger ce midi"}
    assert judged("goods", **warm).verdict is T
    assert judged("goods", **warm, came="donated").fault.point == "REC-12"


def test_a_dish_delivered_hot_is_at_63_degrees_at_least(judged):
    hot = {**GOODS, "ware": "hot_served"}
    assert judged("goods", **hot, celsius="63").verdict is C
    assert judged("goods", **hot, celsius="62.5").fault.limit == 63


def test_a_count_under_nought_is_a_slip_of_the_pen(judged):
    hot = {"temper": "hot", "start_celsius": "70", "end_celsius": "66"}
    assert judged("services", **SERVED, **hot, diners=40).verdict is C
    assert judged("services", **SERVED, **hot, diners=-40).verdict is N
    assert judged("oil", fryer="Friteuse", polar="12", used="-2").verdict is N
    assert judged("goods", **GOODS, celsius="3", warm_minutes=-10).verdict is N


def test_an_expired_use_by_date_refuses_and_a_best_before_one_is_for_gifts(judged):
    cold = {**GOODS, "celsius": "3"}
    assert judged("goods", **cold, use_by=DAY).verdict is C
    past = judged("goods", **cold, use_by=date(2026, 11, 18)).fault
    assert (past.point, past.severity) == ("REC-07", Severity.CRITICAL)
    assert "DLC dépassée de 1 jour" in past.words
    dry = {**GOODS, "ware": "dry", "best_before": date(2026, 11, 1)}
    assert judged("goods", **dry).verdict is B
    assert judged("goods", **dry, came="donated", sound=True).verdict is C
    assert judged("goods", **dry, came="donated").verdict is B


def test_what_needs_no_cold_needs_no_thermometer_but_frozen_food_does(judged):
    assert judged("goods", **{**GOODS, "ware": "produce"}).verdict is C
    assert judged("goods", **{**GOODS, "ware": "eggs_shell"}).verdict is C
    assert judged("goods", **{**GOODS, "ware": "frozen", "sound": True}).verdict is N
    frozen = {**GOODS, "ware": "frozen", "sound": True, "celsius": "-17"}
    assert judged("goods", **frozen).verdict is N
    assert judged("goods", **{**frozen, "celsius": "-18"}).verdict is C
    assert judged("goods", **{**frozen, "celsius": "-14.9"}).fault.limit == -18
    assert judged("goods", **{**frozen, "celsius": "-20", "sound": False}).verdict is B


def test_goods_refused_need_no_thermometer_and_goods_without_decision_are_not_done(judged):
    assert judged("goods", **{**GOODS, "decision": "refused", "note": "Non commandé"}).verdict is C
    assert judged("goods", **{**GOODS, "decision": None, "celsius": "3"}).verdict is N
    assert judged("goods", **{**GOODS, "supplier": "", "celsius": "3"}).verdict is N


def test_an_open_package_is_a_breach_even_where_the_plan_does_not_ask(judged):
    fault = judged("goods", **GOODS, celsius="3", wrapped=False, labelled=False).fault
    assert "Emballage" in fault.words
    assert "Étiquetage" in fault.words
    assert judged("goods", **GOODS, celsius="3", came="collected", warm_minutes=61).verdict is B
    assert judged("goods", **GOODS, celsius="3", came="collected", warm_minutes=60).verdict is C


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        (C, {"cooked": "other", "core_celsius": "63"}),
        (B, {"cooked": "other", "core_celsius": "62.9"}),
        (C, {"cooked": "minced_meat", "core_celsius": "70", "held_minutes": 2}),
        (B, {"cooked": "minced_meat", "core_celsius": "70", "held_minutes": 1}),
        (C, {"cooked": "minced_meat", "core_celsius": "71", "held_minutes": 0}),
        (C, {"cooked": "minced_meat", "core_celsius": "71"}),
        (N, {"cooked": "minced_meat", "core_celsius": "70.5"}),
        (B, {"cooked": "minced_meat", "core_celsius": "69.9", "held_minutes": 30}),
        (C, {"cooked": "poultry", "core_celsius": "74"}),
        (B, {"cooked": "poultry", "core_celsius": "73.9", "held_minutes": 1}),
        (C, {"cooked": "fish", "core_celsius": "60", "held_minutes": 1}),
        (N, {"cooked": None, "core_celsius": "80"}),
        (N, {"cooked": "other"}),
        (N, {"cooked": "low_temp", "core_celsius": "58", "held_minutes": 600}),
        (B, {"cooked": "other", "core_celsius": "80", "thaw_celsius": "6"}),
        (C, {"cooked": "other", "core_celsius": "80", "thaw_celsius": "4"}),
    ],
)
def test_a_dish_is_cooked_as_its_family_asks(judged, verdict, values):
    assert judged("cooking", dish="Hachis", **values).verdict is verdict


def test_low_temperature_follows_its_own_written_scale(judged):
    scale = {"cooked": "low_temp", "scale_celsius": "58", "scale_minutes": 480}
    assert (
        judged("cooking", dish="Épaule", core_celsius="58", held_minutes=480, **scale).verdict is C
    )
    short = judged("cooking", dish="Épaule", core_celsius="58", held_minutes=479, **scale).fault
    assert (short.point, short.measured, short.limit, short.unit) == ("COO-05", 479, 480, "min")


@pytest.mark.parametrize(
    ("verdict", "end", "celsius"),
    [
        (C, "16:29", "9.8"),
        (C, "16:30", "10.0"),
        (B, "16:31", "10.0"),
        (B, "16:10", "10.5"),
        (N, None, None),
        (N, "16:10", None),
    ],
)
def test_cooling_takes_two_hours_at_most(judged, verdict, end, celsius):
    values = {"started_at": at("14:30"), "start_celsius": "63"}
    end_at = None if end is None else at(end)
    found = judged("cooling", **CURVE, **values, ended_at=end_at, end_celsius=celsius)
    assert found.verdict is verdict


def test_cooling_goes_on_across_midnight(judged):
    values = {"started_at": at("23:30"), "start_celsius": "63", "end_celsius": "8"}
    assert (
        judged("cooling", **CURVE, **values, ended_at=at("1:10", date(2026, 11, 20))).verdict is C
    )
    late = judged("cooling", **CURVE, **values, ended_at=at("1:40", date(2026, 11, 20))).fault
    assert (late.measured, late.limit, late.unit, late.day) == (130, 120, "min", DAY)


def test_the_night_the_clock_goes_back_has_an_hour_more(judged):
    saturday, sunday = date(2026, 10, 24), date(2026, 10, 25)
    values = {"start_celsius": "65", "end_celsius": "8", "started_at": at("1:30", saturday)}
    start = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 1:30 in summer time
    end = datetime(2026, 10, 25, 2, 15, tzinfo=UTC)  # 3:15 in winter time: 165 minutes later
    values |= {"started_at": start.astimezone(PARIS), "ended_at": end.astimezone(PARIS)}
    found = judged("cooling", day=saturday, **CURVE, **values).fault
    assert found.measured == 165
    assert sunday > found.day


def test_cooling_first_measured_late_counts_from_the_end_of_cooking(judged):
    values = {"started_at": at("15:00"), "start_celsius": "55", "end_celsius": "9"}
    assert judged("cooling", **CURVE, **values, ended_at=at("16:20")).verdict is N
    counted = {**CURVE, **values, "cooked_at": at("14:30")}
    assert judged("cooling", **counted, ended_at=at("16:30")).verdict is C
    assert judged("cooling", **counted, ended_at=at("16:45")).fault.measured == 135


def test_what_was_cooled_is_kept_cold(judged):
    values = {"started_at": at("14:30"), "start_celsius": "63", "end_celsius": "9"}
    closed = {**CURVE, **values, "ended_at": at("16:00")}
    assert judged("cooling", **closed, stored_celsius="3").verdict is C
    assert judged("cooling", **closed, stored_celsius="5").fault.point == "COL-02"


@pytest.mark.parametrize(
    ("verdict", "end", "celsius", "start"),
    [
        (C, "11:55", "65", "4"),
        (B, "12:05", "65", "4"),
        (B, "11:50", "62", "4"),
        (B, "11:50", "65", "12"),
        (N, None, None, "4"),
    ],
)
def test_reheating_takes_one_hour_at_most(judged, verdict, end, celsius, start):
    found = judged(
        "reheating",
        **CURVE,
        started_at=at("11:00"),
        start_celsius=start,
        ended_at=None if end is None else at(end),
        end_celsius=celsius,
        leftover="0",
    )
    assert found.verdict is verdict


def test_a_dish_is_reheated_until_the_third_day_and_its_rest_is_weighed(judged):
    values = {"started_at": at("11:00"), "start_celsius": "4", "ended_at": at("11:40")}
    curve = {**CURVE, **values, "end_celsius": "70"}
    assert judged("reheating", **curve).verdict is N
    assert judged("reheating", **curve, leftover="-1").verdict is N
    assert judged("reheating", **curve, leftover="0.4", made_on=date(2026, 11, 16)).verdict is C
    old = judged("reheating", **curve, leftover="0", made_on=date(2026, 11, 15)).fault
    assert (old.point, old.measured, old.limit) == ("PRE-12", 4, 3)


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        (C, {"temper": "hot", "start_celsius": "63", "end_celsius": "63"}),
        (B, {"temper": "hot", "start_celsius": "62.9", "end_celsius": "65"}),
        (B, {"temper": "hot", "start_celsius": "70", "end_celsius": "60"}),
        (N, {"temper": "hot", "start_celsius": "70"}),
        (C, {"temper": "cold", "start_celsius": "2", "end_celsius": "3", "warm_minutes": 300}),
        (C, {"temper": "cold", "start_celsius": "3", "end_celsius": "8", "warm_minutes": 90}),
        (B, {"temper": "cold", "start_celsius": "3", "end_celsius": "8", "warm_minutes": 121}),
        (B, {"temper": "cold", "start_celsius": "3", "end_celsius": "10.1", "warm_minutes": 5}),
        (N, {"temper": "cold", "start_celsius": "3", "end_celsius": "8"}),
        (N, {"temper": "cold", "start_celsius": "3"}),
        (N, {"temper": None, "start_celsius": "70", "end_celsius": "70"}),
        (N, {"temper": "hot", "start_celsius": "70", "end_celsius": "70", "discarded": None}),
        (B, {"temper": "hot", "start_celsius": "70", "end_celsius": "70", "discarded": False}),
    ],
)
def test_a_dish_stays_hot_or_cold_to_the_end_of_the_service(judged, verdict, values):
    assert judged("services", **{**SERVED, **values}).verdict is verdict


def test_the_time_out_of_the_cold_is_that_between_the_measures_when_nobody_wrote_it(judged):
    values = {"temper": "cold", "start_celsius": "3", "end_celsius": "8", "started_at": at("12:00")}
    assert judged("services", **SERVED, **values, ended_at=at("14:00")).verdict is C
    assert judged("services", **SERVED, **values, ended_at=at("14:05")).fault.measured == 125


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        (C, {"polar": "25"}),
        (B, {"polar": "25.5"}),
        (B, {"polar": "25.5", "changed": True}),
        (T, {"celsius": "183"}),
        (B, {"celsius": "186"}),
        (B, {"sound": False}),
        (C, {"changed": True}),
        (N, {"filtered": True}),
        (N, {"fryer": "", "polar": "12"}),
    ],
)
def test_oil_is_judged_by_what_was_looked_at(judged, verdict, values):
    assert judged("oil", **{"fryer": "Friteuse", **values}).verdict is verdict


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        (B, {"grams": 79}),
        (C, {"grams": 80}),
        (N, {}),
        (N, {"grams": -100}),
        (B, {"grams": 100, "labelled": False}),
        (B, {"grams": 100, "discarded_on": date(2026, 11, 14)}),
        (C, {"grams": 100, "discarded_on": date(2026, 11, 15)}),
    ],
)
def test_a_sample_weighs_enough_and_is_kept_five_days(judged, verdict, values):
    found = judged("samples", day=date(2026, 11, 10), dish="Soupe", **values)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        (C, {"decision": "nothing"}),
        (C, {"kind": "use_by", "until": DAY, "decision": "use"}),
        (B, {"kind": "use_by", "until": date(2026, 11, 18), "decision": "discard"}),
        (B, {"kind": "use_by", "until": date(2026, 11, 18), "decision": "use"}),
        (C, {"kind": "best_before", "until": date(2026, 11, 1), "decision": "use"}),
        (N, {"kind": "best_before", "until": date(2026, 11, 1)}),
        (B, {"kind": "opened", "decision": "discard"}),
        (B, {"kind": "opened", "until": date(2026, 11, 18), "decision": "discard"}),
        (N, {"kind": "use_by", "decision": "use"}),
    ],
)
def test_a_product_past_its_date_is_a_breach_even_thrown_away(judged, verdict, values):
    product = {} if values.get("decision") == "nothing" else {"product": "Yaourts"}
    assert judged("use_by", **product, **values).verdict is verdict


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        (C, {"point": "PRE-07", "value": "3", "warm_minutes": 300}),
        (C, {"point": "PRE-07", "value": "8", "warm_minutes": 120}),
        (B, {"point": "PRE-07", "value": "8", "warm_minutes": 121}),
        (B, {"point": "PRE-07", "value": "11", "warm_minutes": 5}),
        (N, {"point": "PRE-07", "value": "8"}),
        (N, {"point": "PRE-07"}),
        (C, {"point": "STO-14", "answer": True}),
        (B, {"point": "STO-14", "answer": False}),
        (N, {"point": "STO-14", "value": "3"}),
        (B, {"point": "PRE-10", "value": "121"}),
        (C, {"point": "PRE-11", "value": "10"}),
        (B, {"point": "PRE-11", "value": "9"}),
        (N, {"point": "PRE-05", "value": "-5"}),
        (C, {"point": "DON-01", "value": "65"}),
        (C, {"point": "DON-01", "value": "3"}),
        (B, {"point": "DON-01", "value": "20"}),
        (N, {"value": "20"}),
    ],
)
def test_what_is_looked_at_while_a_dish_is_made_follows_its_point(judged, verdict, values):
    assert judged("making", dish="Salade de riz", **values).verdict is verdict


@pytest.mark.parametrize(
    "key",
    ["goods", "making", "cooking", "cooling", "reheating", "services", "oil", "samples", "use_by"],
)
def test_a_row_with_nothing_but_its_day_proves_nothing(judged, key):
    assert judged(key).verdict is N
