"""The figures of meals and of the free price are those bare SQL finds, and tell their lines."""

import random
from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.finance.price.displaying import display
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.meals.closing.model import (
    ClosingPolicy,
    ClosingWaste,
    NamedContribution,
    ServiceClosing,
    WasteStage,
)
from cantine_desktop.meals.figures.services import served_in
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.model import Course, Ingredient, Recipe
from cantine_desktop.meals.services.model import ContributionMode, MealKind, MealService
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.network.explaining import SCREENS, explain
from cantine_desktop.network.indicators import INDICATORS, figures
from cantine_desktop.schema import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.supply.products.model import Dimension, Origin, Product, ProductFamily
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.network.recomputed import recompute

FIRST = date(2026, 6, 1)
TODAY = date(2026, 11, 22)
AMOUNTS = (0, 500, 700, 800, 1000, 1000, 1000, 1250, 1300, 1500, 2000)
PERIODS = (
    Period.month(FIRST),
    Period.week(date(2026, 7, 8)),
    Period(date(2026, 6, 15), date(2026, 9, 15)),
    Period.year(FIRST),
    Period.month(date(2026, 2, 1)),
)


def lunch(session, day, dice):
    service = MealService(
        day=day, kind=MealKind.LUNCH, cook_at=time(9), meal_at=time(12), seats=35, kitchen_places=10
    )
    session.add(service)
    session.flush()
    tally = Counter(dice.choice(AMOUNTS) for _ in range(dice.randint(12, 33)))
    takings = post_takings(session, told(day, tally, dice.choice((0, 0, 2))), NOW)
    close(session, service, takings, dice)
    menu = Menu(service_id=service.id)
    green = dice.choice((True, None, False, None))
    menu.dishes = [
        Dish(rank=0, course=Course.STARTER, name="Velouté", is_vegetarian=True),
        Dish(
            rank=1,
            course=Course.MAIN,
            name="Gratin",
            is_vegetarian=green,
            recipe_id=dice.choice((None, *session.scalars(select(Recipe.id)))),
        ),
        Dish(rank=2, course=Course.DRINK, name="Sirop", is_vegetarian=None),
    ]
    session.add(menu)
    for name in ("Odile", " odile", "Paul"):
        session.add(NamedContribution(service_id=service.id, name=name, amount=Money(500)))
    return service, takings


def recipes(session):
    """Write a plain recipe, one with stock made of bones, and a dish that holds the latter."""
    products = [
        Product(name=name, family=family, dimension=Dimension.MASS, origin=origin)
        for name, family, origin in (
            ("Poireau", ProductFamily.VEGETABLE, Origin.PLANT),
            ("Os à moelle", ProductFamily.MEAT, Origin.MEAT),
        )
    ]
    session.add_all(products)
    plain, stock, soup = (
        Recipe(name=name, course=Course.MAIN, portions=30) for name in ("Fondue", "Fond", "Soupe")
    )
    session.add_all((plain, stock, soup))
    session.flush()
    plain.ingredients = [Ingredient(rank=0, product_id=products[0].id, words="")]
    stock.ingredients = [Ingredient(rank=0, product_id=products[1].id)]
    soup.ingredients = [Ingredient(rank=0, part_id=stock.id), Ingredient(rank=1, words="Sel")]
    session.flush()


def told(day, tally, offered, corrects=None):
    paid = Money(sum(cents * n for cents, n in tally.items()))
    return TakingsFacts(
        day,
        "Déjeuner",
        {(Means.CASH, Purpose.MEALS): paid, (Means.CASH, Purpose.MEMBERSHIPS): Money(5_00)},
        sum(tally.values()),
        offered=offered,
        displayed_price=Money(12_50) if day.day % 2 else None,
        tally={Money(cents): n for cents, n in tally.items()},
        corrects=corrects,
    )


def close(session, service, takings, dice, corrects=None):
    closing = ServiceClosing(
        service_id=service.id,
        mode=ContributionMode.TALLY,
        diners=takings.meals + takings.offered,
        cooks=dice.choice((None, 6, 8, 10)),
        newcomers=dice.choice((None, 0, 2, 5)),
        given=dice.choice((None, 0, 3)),
        takings_id=takings.id,
        corrects_id=corrects,
    )
    weighed = dice.sample(list(WasteStage), dice.choice((0, 0, 1, 3)))
    closing.wastes = [ClosingWaste(stage=stage, grams=dice.randint(0, 4_000)) for stage in weighed]
    session.add(closing)
    session.flush()
    return closing


def live(session):
    """Write half a year: services closed, corrected, unsaid, noted without a closing, and costs."""
    dice = random.Random(5)
    session.add(ClosingPolicy(names_allowed=True, names_kept_days=120))
    recipes(session)
    for since, staff in ((date(2026, 1, 1), 8_50), (date(2026, 7, 1), 9_00)):
        display(session, since, {PartKind.FOOD: Money(3_50), PartKind.STAFF: Money(staff)})
    for rank in range(60):
        day = FIRST + timedelta(days=2 * rank)
        service, takings = lunch(session, day, dice)
        if rank % 7 == 3:
            facts = told(day, Counter({1000: 20, 1500: 3}), 1, corrects=takings.id)
            close(session, service, post_takings(session, facts, NOW), dice)
        for account, cents in (("601000", 90_00), ("641100", 250_01), ("613200", 33_33)):
            lines = (debit(account, Money(cents), activity="REPAS"), credit("512000", Money(cents)))
            post(session, DraftEntry("OD", day, "Dépense", f"D{rank}", lines))
        for account, cents in (("706100", 41_00), ("754110", 15_55), ("747000", 7_00)):
            lines = (debit("512000", Money(cents)), credit(account, Money(cents)))
            post(session, DraftEntry("OD", day, "Recette", f"R{rank}", lines))
    post_takings(session, told(date(2026, 10, 20), Counter({800: 12}), 0), NOW)
    for month, answer, n in ((6, "18-30", 9), (6, "60+", 4), (7, "60+", 7)):
        session.add(SlipCount(month=date(2026, month, 1), question="age", answer=answer, count=n))
    session.add(SlipCount(month=FIRST, question="distance", answer="near", count=11))


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    path = tmp_path_factory.mktemp("lived") / "lived.db"
    engine = open_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    book = Book(engine, clock=lambda: NOW)
    with book.action("année") as session:
        session.add(Canteen(name="La cantine"))
        live(session)
    yield book, path
    engine.dispose()


def found_in(book, period):
    with book.read() as session:
        return {each.indicator.key: each.value for each in figures(session, period, TODAY)}


@pytest.mark.parametrize("period", PERIODS)
def test_every_figure_is_the_one_that_bare_sql_finds(lived, period):
    book, path = lived
    found = found_in(book, period)
    last = min(period.last, TODAY)
    again = recompute(path, period.first, last)
    assert {key: found[key] for key in again} == again
    if period.first == FIRST:
        assert None not in again.values(), "each figure of a full month has something to count"


def test_no_figure_of_the_issue_is_left_out_of_the_second_count(lived):
    _, path = lived
    again = recompute(path, FIRST, date(2026, 6, 30))
    asked = {f"K{n}" for n in (*range(1, 16), 20, 21, 22)}
    assert {each.code for each in INDICATORS} >= asked
    assert {each.key for each in INDICATORS if each.code in asked} == set(again)


def test_the_demonstration_year_is_told_the_same_twice(demo):
    path, today = demo, NOW.date()
    engine = open_engine(f"sqlite:///{path}")
    book = Book(engine, clock=lambda: NOW)
    for period in (Period.year(today), Period.month(date(2026, 10, 1))):
        with book.read() as session:
            found = {e.indicator.key: e.value for e in figures(session, period, today)}
        again = recompute(path, period.first, min(period.last, today))
        assert {key: found[key] for key in again} == again
    engine.dispose()


@pytest.mark.parametrize("indicator", [i for i in INDICATORS if i.area == "meals"])
def test_the_lines_of_a_figure_of_meals_add_up_to_it(lived, indicator):
    book, _ = lived
    period = Period.month(FIRST)
    with book.read() as session:
        told = explain(session, indicator.key, period)
        value = indicator.compute(session, period)
    assert value is not None
    assert told.lines
    assert all(len(line.texts) == len(told.headings) for line in told.lines)
    if indicator.key == "meals":
        assert sum(int(line.texts[2]) for line in told.lines) == value


def test_the_lines_of_costs_are_the_accounts(lived):
    book, _ = lived
    with book.read() as session:
        told = explain(session, "full-cost", Period.month(FIRST))
        assert [line.key for line in told.lines] == ["601000", "613200", "641100"]
        assert {line.table for line in told.lines} == {"account"}
        numbers = {line.key for line in explain(session, "balance-with-gifts", PERIODS[0]).lines}
        assert numbers == {"601000", "613200", "641100", "706100", "747000", "754110", "756100"}
        without = {line.key for line in explain(session, "balance-without-gifts", PERIODS[0]).lines}
        assert numbers - without == {"754110"}


def test_every_indicator_explains_itself_or_has_a_screen(lived):
    book, _ = lived
    with book.read() as session:
        for each in INDICATORS:
            told = explain(session, each.key, Period.month(FIRST))
            assert told.lines or each.code in SCREENS, each.key


def test_names_never_stand_in_a_figure(lived):
    book, _ = lived
    with book.read() as session:
        for each in INDICATORS:
            told = explain(session, each.key, Period.month(FIRST))
            assert not any("odile" in text.lower() for line in told.lines for text in line.texts)


def test_takings_without_a_closing_count_as_a_service(lived):
    book, _ = lived
    with book.read() as session:
        (only,) = served_in(session, Period.month(date(2026, 10, 1)))
        assert (only.service, only.cooks, only.newcomers, only.seats) == (None, None, None, None)
        assert only.diners == 12


def test_names_kept_for_less_than_ninety_days_say_nothing_of_who_comes_back(any_book):
    with any_book.action("policy") as session:
        session.add(ClosingPolicy(names_allowed=True, names_kept_days=30))
    found = found_in(any_book, Period.month(FIRST))
    assert found["coming-back"] is None
    assert found["meals"] is None
    assert Decimal(0) not in {found[key] for key in ("services", "meals-given", "slips")}


def test_a_dish_follows_its_recipe_down_to_what_goes_into_it(any_book):
    with any_book.action("menus") as session:
        recipes(session)
        known = {each.name: each.id for each in session.scalars(select(Recipe))}
        lunch(session, FIRST, random.Random(1))
        menu = session.scalars(select(Menu)).one()
        for name, said, expected in (
            ("Fondue", None, True),
            ("Soupe", None, False),
            ("Soupe", True, True),
            ("Fondue", False, False),
        ):
            menu.dishes = [
                Dish(
                    rank=0,
                    course=Course.MAIN,
                    name=name,
                    recipe_id=known[name],
                    is_vegetarian=said,
                )
            ]
            session.flush()
            (only,) = served_in(session, Period.month(FIRST))
            assert only.vegetarian is expected, (name, said)
        menu.dishes = [Dish(rank=0, course=Course.MAIN, name="Surprise")]
        session.flush()
        assert served_in(session, Period.month(FIRST))[0].vegetarian is None
