"""The poster « merci »: numbers of the month, a word of the day, nobody's name."""

from datetime import date, time
from io import BytesIO

from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.figures.thanks_poster import (
    numbers_of,
    quote_of,
    write_thanks_poster,
)
from cantine_desktop.meals.services.model import ContributionMode, MealKind, MealService
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import letters, pages

DAY = date(2026, 10, 6)
OCTOBER = Period.month(DAY)


def lunch(session, day=DAY, word="", **counts):
    service = MealService(
        day=day, kind=MealKind.LUNCH, cook_at=time(9), meal_at=time(12), seats=35, kitchen_places=10
    )
    session.add(service)
    facts = TakingsFacts(
        day,
        "Déjeuner",
        {(Means.CASH, Purpose.MEALS): Money(250_00)},
        20,
        displayed_price=Money(10_00),
        tally={Money(10_00): 15, Money(20_00): 5},
    )
    takings = post_takings(session, facts, NOW)
    session.flush()
    session.add(
        ServiceClosing(
            service_id=service.id,
            mode=ContributionMode.TALLY,
            takings_id=takings.id,
            word=word,
            **counts,
        )
    )
    session.flush()


def printed(session, period=OCTOBER):
    target = BytesIO()
    write_thanks_poster(session, period, NOW, target)
    return target.getvalue()


def test_four_numbers_and_the_last_word_stand_on_one_page(any_book):
    with any_book.action("services") as session:
        lunch(session, cooks=7, newcomers=3, given=2, word="Première soupe d’orties !")
        lunch(session, date(2026, 10, 9), cooks=5, word="x" * 400)
        assert [each.many for each in numbers_of(session, OCTOBER)] == [40, 12, 3, 10]
        assert quote_of(session, OCTOBER) == "Première soupe d’orties !"
        content = printed(session)
    (text,) = pages(content)
    flat = " ".join(text.split())
    assert "Octobre 2026" in flat
    assert "soupe d’orties" in flat
    for _, _, left, bottom, right, top in letters(content):
        assert 0 <= left <= right <= 596
        assert 0 <= bottom <= top <= 843


def test_what_is_zero_or_unsaid_gives_its_place_to_another_number(any_book):
    with any_book.action("services") as session:
        lunch(session, given=4)
        words = [each.words for each in numbers_of(session, OCTOBER)]
        assert words == [
            "repas partagés",
            "repas payés par la solidarité",
            "repas portés à quelqu’un",
            "service",
        ]
        assert pages(printed(session))


def test_a_month_without_a_service_says_so(any_book):
    with any_book.read() as session:
        assert "Aucun service" in "".join(pages(printed(session)))
