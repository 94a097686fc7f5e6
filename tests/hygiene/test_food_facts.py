"""What deliveries and services will tell hygiene, and the way of a lot through it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.food import facts
from cantine_desktop.hygiene.food.choices import Cooked, Decision, Temper, Ware
from cantine_desktop.hygiene.food.samples import SAMPLES
from cantine_desktop.hygiene.food.tracing import lots_in
from cantine_desktop.hygiene.food.waiting import (
    open_coolings,
    samples_kept,
    samples_to_discard,
)
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers import recording
from cantine_desktop.hygiene.tracing import trace_lot

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


def received(**values):
    return facts.GoodsChecked(
        day=THURSDAY,
        product="Blanc de poulet",
        supplier="Volailles du Bocage",
        ware=Ware.MEAT_PREPARATION,
        lot="L12-7",
        celsius=Decimal("3.5"),
        decision=Decision.ACCEPTED,
        **values,
    )


def test_a_lot_is_followed_from_the_door_to_the_table(book):
    now = book.clock()
    with book.action("Journée") as session:
        facts.record_goods(session, received(), now)
        facts.record_cooked(
            session,
            facts.DishCooked(
                THURSDAY,
                "Poulet basquaise",
                Cooked.POULTRY,
                lots="L12-7, P3 ; T44",
                core_celsius=Decimal(76),
            ),
            now,
        )
        facts.record_cooked(
            session, facts.DishCooked(THURSDAY, "Soupe", Cooked.OTHER, lots="L12-77"), now
        )
        facts.record_served(
            session,
            facts.DishServed(THURSDAY, "Poulet basquaise", temper=Temper.HOT, diners=42),
            now,
        )
        facts.record_sample(session, facts.DishSampled(FRIDAY, "Poulet basquaise", grams=100), now)
    with book.read() as session:
        trace = trace_lot(session, "l12-7")
    assert [row.what for row in trace.rows] == ["Blanc de poulet"]
    assert trace.dishes == ((THURSDAY, "Poulet basquaise"),)
    assert {row.register for row in trace.after} == {"cooking", "services", "samples"}


def test_a_cooling_left_open_is_closed_the_next_day(book):
    now = book.clock()
    start = datetime(2026, 11, 19, 22, 30, tzinfo=UTC)
    with book.action("Refroidissement") as session:
        cooling = facts.record_cooled(
            session,
            facts.DishCooled(THURSDAY, "Riz", started_at=start, start_celsius=Decimal(64)),
            now,
        )
        assert cooling.verdict is Verdict.NOT_DONE
        end = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
        facts.end_cooling(session, cooling.id, end, Decimal(9), now)
        assert cooling.verdict is Verdict.CONFORM
        assert cooling.minutes == 100
        assert cooling.use_by == date(2026, 11, 22)


def test_what_is_not_known_yet_leaves_the_record_to_be_completed(book):
    with book.action("Réception") as session:
        goods = facts.record_goods(
            session, facts.GoodsChecked(THURSDAY, "Lait", "Laiterie"), book.clock()
        )
        assert goods.verdict is Verdict.NOT_DONE


def test_nothing_is_recorded_of_days_to_come(book):
    with pytest.raises(UserError), book.action("Réception") as session:
        facts.record_goods(
            session, facts.GoodsChecked(date(2026, 11, 23), "Lait", "Laiterie"), book.clock()
        )


@pytest.mark.parametrize(
    ("words", "lots"),
    [
        ("", []),
        ("L12", ["L12"]),
        ("L12, A-7 ;B3", ["L12", "A-7", "B3"]),
        ("LOT 4 + LOT 5", ["LOT 4", "LOT 5"]),
        (" , ,", []),
    ],
)
def test_lots_written_on_one_line_are_told_apart(words, lots):
    assert lots_in(words) == lots


def test_a_curve_left_open_waits_until_the_next_day_and_no_longer(book):
    start = datetime(2026, 11, 19, 13, 30, tzinfo=UTC)
    with book.action("Refroidissement") as session:
        cooled = facts.DishCooled(THURSDAY, "Riz", started_at=start, start_celsius=Decimal(64))
        facts.record_cooled(session, cooled, book.clock())
        facts.record_cooled(session, facts.DishCooled(THURSDAY, "Pas commencé"), book.clock())
    with book.read() as session:
        assert [each.dish for each in open_coolings(session, THURSDAY)] == ["Riz"]
        assert [each.dish for each in open_coolings(session, FRIDAY)] == ["Riz"]
        assert not open_coolings(session, date(2026, 11, 21))


def test_samples_wait_five_days_in_the_fridge_then_for_the_bin(book):
    with book.action("Plats témoins") as session:
        for day, dish in ((date(2026, 11, 12), "Soupe"), (THURSDAY, "Gratin")):
            facts.record_sample(session, facts.DishSampled(day, dish, grams=100), book.clock())
    with book.read() as session:
        kept = samples_kept(session, FRIDAY)
        assert [each.dish for each in kept] == ["Soupe", "Gratin"]
        assert [each.dish for each in samples_to_discard(session, FRIDAY)] == ["Soupe"]
        assert not samples_to_discard(session, date(2026, 11, 16))
    with book.action("Jeter") as session:
        gone = {"discarded_on": FRIDAY}
        recording.change(session, SAMPLES, kept[0].id, gone, book.clock())
    with book.read() as session:
        assert not samples_to_discard(session, date(2026, 11, 22))
