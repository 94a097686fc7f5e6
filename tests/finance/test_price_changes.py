"""Before and after a day, what may be concluded, and what a year could be."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.errors import UserError
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.finance.price.comparing import Verdict, changes, compare, gap
from cantine_desktop.finance.price.contributions import Spread
from cantine_desktop.finance.price.costing import Basis, Costing
from cantine_desktop.finance.price.displaying import display
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.finance.price.phrases import compared_words
from cantine_desktop.finance.price.simulating import Follow, Wish, ground_of, simulate
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

POSTER = date(2026, 9, 1)
TODAY = date(2026, 11, 22)


def serve(session, day, tally):
    paid = Money(sum(cents * n for cents, n in tally.items()))
    parts = {(Means.CASH, Purpose.MEALS): paid} if paid else {}
    facts = TakingsFacts(
        day,
        "Déjeuner",
        parts,
        sum(tally.values()),
        tally={Money(cents): n for cents, n in tally.items()},
    )
    post_takings(session, facts, NOW)


def season(session, before, after, services=10):
    """Write services on both sides of the poster, two a week."""
    session.add(DayNote(day=POSTER, words="Nouvelle affiche"))
    for rank in range(services):
        away = timedelta(days=3 * rank + 1)
        serve(session, POSTER - away, before(rank))
        serve(session, POSTER + away, after(rank))


def test_a_poster_that_moved_contributions_is_told_with_its_interval(any_book):
    with any_book.action("année") as session:
        season(
            session,
            lambda n: {0: 2, 800: 10, 1000: 5 + n % 3},
            lambda n: {0: 1, 800: 4, 1250: 12 + n % 2},
        )
    with any_book.read() as session:
        (change,) = changes(session)
        found = compare(session, change, TODAY)
        assert (change.words, change.is_price) == ("Nouvelle affiche", False)
        assert found.before.people == 179
        assert found.before.mean == Money(7_77)
        assert found.before.median == Money(8_00)
        assert found.after.median == Money(12_50)
        assert found.verdict is Verdict.UP
        assert found.mean.low < found.mean.value < found.mean.high
        assert found.zeros.value < 0
        words = compared_words(found)
        assert words.startswith("La moyenne a monté de 2,99"), words
        assert "95" in words
        assert found.last_year is None


def test_few_services_conclude_nothing_whatever_they_say(any_book):
    with any_book.action("année") as session:
        season(session, lambda _: {0: 30}, lambda _: {2000: 30}, services=7)
    with any_book.read() as session:
        found = compare(session, changes(session)[0], TODAY)
        assert found.verdict is Verdict.TOO_FEW
        assert found.after.mean == Money(20_00), "the figures are shown all the same"
        assert "Trop peu pour conclure" in compared_words(found)


def test_what_chance_explains_is_not_told_as_an_effect(any_book):
    with any_book.action("année") as session:
        season(
            session,
            lambda n: {500 if n % 2 else 1500: 20},
            lambda n: {600 if n % 2 else 1500: 20},
        )
    with any_book.read() as session:
        found = compare(session, changes(session)[0], TODAY)
        assert found.verdict is Verdict.UNCLEAR
        assert "hasard" in compared_words(found)


def test_another_price_bounds_what_is_compared_and_today_too(any_book):
    with any_book.action("prix") as session:
        for since, cents in (
            (date(2026, 8, 1), 12_00),
            (POSTER, 12_50),
            (date(2026, 10, 1), 13_00),
        ):
            display(session, since, {PartKind.FOOD: Money(cents)})
        change = changes(session)[1]
        found = compare(session, change, TODAY)
        assert found.before.period == Period(date(2026, 8, 1), POSTER)
        assert found.after.period == Period(POSTER, date(2026, 10, 1))
        found = compare(session, change, date(2026, 9, 10))
        assert found.after.period.last == date(2026, 9, 10)
        assert compare(session, change, date(2026, 8, 31)) is None


def test_the_interval_is_that_of_the_book_for_equal_services():
    before = [(Decimal(n), 1) for n in (8, 10, 12)]
    after = [(Decimal(n), 1) for n in (11, 13, 15)]
    found = gap(before, after)
    assert found.value == 3
    reach = Decimal("4.303") * (2 * Decimal(4) / 3).sqrt()  # s² = 4 on each side, n = 3, df = 2
    assert abs(found.high - 3 - reach) < Decimal("1e-12")


PARTS = {
    PartKind.FOOD: Money(19_597_00),
    PartKind.STAFF: Money(51_600_00),
    PartKind.OVERHEADS: Money(23_070_00),
    PartKind.EQUIPMENT: Money(5_350_00),
}
DEMO = Costing(
    Period(date(2025, 11, 1), date(2026, 11, 1)),
    Basis.CLOSED,
    5_730,
    5_730,
    PARTS,
    Money(55_868_00),
    Money(21_277_00),
    Money(18_982_00),
    Money(12_50),
)
SPREAD = Spread({}, 4_139, 477, 1_114, Money(4_700_00), Money(20_458_00), Money(12_50))


def test_the_year_as_it_is_stays_to_the_cent():
    ground = ground_of(DEMO, SPREAD, 212, Decimal("1.5"))
    found = simulate(ground, ground.as_is)
    assert found.parts == PARTS
    assert found.meals == 5_730
    for follow in Follow:
        assert found.contributions[follow] == DEMO.contributions
        assert found.result(follow) == Money(-3_490_00)
        assert found.covered(follow) == Decimal("56.1")
    assert (found.cost, found.balance_without_gifts) == (Money(17_39), DEMO.balance_without_gifts)
    assert ground.each == Decimal("27.0")


def test_a_higher_price_gives_what_people_make_of_it():
    ground = ground_of(DEMO, SPREAD, 212, Decimal("1.5"))
    found = simulate(ground, ground.as_is._replace(price=Money(13_50)))
    nobody, some, everybody = (found.result(follow).cents for follow in Follow)
    assert nobody == -3_490_00
    assert everybody - nobody == 5_730_00
    assert some - nobody == round(5_730_00 * 1_591 / 5_730)


def test_more_services_cost_food_and_a_larger_team_costs_pay():
    ground = ground_of(DEMO, SPREAD, 212, Decimal("1.5"))
    found = simulate(ground, Wish(Money(12_50), 424, Decimal("27.0"), Decimal(3), Money(0)))
    assert found.meals == 11_448
    assert found.parts[PartKind.STAFF] == Money(103_200_00)
    assert found.parts[PartKind.OVERHEADS] == PARTS[PartKind.OVERHEADS]
    assert found.parts[PartKind.FOOD] == Money.from_decimal(Decimal(19_597) * 11_448 / 5_730)
    assert found.given == Money(0)


@given(
    st.integers(1, 10_000),
    st.integers(1, 1_000),
    st.integers(10, 2_000),
    st.integers(0, 200),
    st.integers(0, 10**7),
)
def test_any_wish_adds_up(price, services, each, fte, gifts):
    ground = ground_of(DEMO, SPREAD, 212, Decimal("1.5"))
    wish = Wish(Money(price), services, Decimal(each) / 10, Decimal(fte) / 10, Money(gifts))
    if not wish.meals:
        return
    found = simulate(ground, wish)
    for follow in Follow:
        income = found.contributions[follow] + found.earned + found.given
        assert found.result(follow) == income - found.charges
        assert found.contributions[follow].cents >= 0
    one, two, three = (found.contributions[follow] for follow in Follow)
    assert one <= two <= three or one >= two >= three


def test_a_wish_no_canteen_can_have_is_refused_in_words():
    ground = ground_of(DEMO, SPREAD, 212)
    for wish in (
        ground.as_is._replace(price=Money(0)),
        ground.as_is._replace(services=0),
        ground.as_is._replace(each=Decimal(0)),
        ground.as_is._replace(fte=Decimal(-1)),
    ):
        with pytest.raises(UserError, match="doit être entre"):
            simulate(ground, wish)
    assert ground_of(DEMO, SPREAD, 0) is None
