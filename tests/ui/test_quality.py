"""Quality food in the window: how far, in words as in bars, and what proves it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.supply.articles.model import Article, QualityLabel
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.egalim.shares import shares
from cantine_desktop.supply.egalim.targets import QUALITY, proofs, targets
from cantine_desktop.supply.egalim.thresholds import department_of, thresholds, thresholds_here
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.suppliers.keeping import add_paper
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, TODAY, TUESDAY, furnish
from ui.desk import Desk
from ui.supply.quality import QualityScreen

YEAR = Period.year(TODAY)


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def bought(desk):
    """Organic pears for 50,00 and tins of nothing for 57,00."""
    with desk.book.action("départ") as session:
        there = furnish(session)
        session.get_one(Article, there.pears).labels = frozenset({QualityLabel.ORGANIC})
        session.flush()
        order = draft_for(session, there.supplier, TUESDAY, NOW)
        set_line(session, order.id, there.pears, Decimal(1), NOW)
        set_line(session, order.id, there.tins, Decimal(2), NOW)
        mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
        at = NOW + timedelta(days=1)
        delivery = draft_from(session, [order.id], at)
        conform(session, delivery.id)
        close(session, delivery.id, "AM", at)
    return there


def verdicts(screen):
    return [
        line.verdict.text().replace("\u00a0", " ")
        for line in screen._lines.values()
        if not line.verdict.isHidden()
    ]


def test_each_rule_says_how_far_it_is_and_what_lacks(qtbot, desk, bought):
    assert bought
    screen = QualityScreen(desk)
    qtbot.addWidget(screen)
    screen.refresh()
    assert verdicts(screen) == [
        "46 % sur 50 % demandés : il manque 3,50 €",
        "46 % sur 20 % demandés : atteint",
        "rien d’acheté",
        "46 % sur 50 % demandés : il manque 3,50 €",
    ]
    gauge = screen._lines[QUALITY].gauge
    assert "46 %" in gauge.accessibleName().replace("\u00a0", " ")
    assert "Réseau" in screen.said.text()
    screen.resize(900, 600)
    screen.show()
    assert not screen.grab().isNull()


def test_a_canteen_overseas_is_held_to_what_is_asked_there(qtbot, desk, bought):
    with desk.book.action("île") as session:
        canteen = the_canteen(session)
        if canteen is None:
            canteen = Canteen(name="Le Port")
            session.add(canteen)
        canteen.department = "974"
    assert bought
    screen = QualityScreen(desk)
    qtbot.addWidget(screen)
    screen.refresh()
    assert verdicts(screen)[:2] == [
        "46 % sur 35 % demandés : atteint",
        "46 % sur 10 % demandés : atteint",
    ]
    why = screen.why.text()
    assert "La Réunion" in why
    assert "de 2026 à 2029" in why
    assert "974" in why


@pytest.mark.usefixtures("bought")
def test_a_past_year_is_held_to_what_was_asked_in_that_year(qtbot, desk):
    screen = QualityScreen(desk)
    qtbot.addWidget(screen)
    screen.year.setCurrentIndex(screen.year.findData(2023))
    screen.refresh()
    assert verdicts(screen) == ["rien d’acheté"] * 3, "meat and fish were not asked yet"
    assert "Avant 2024" in screen.why.text()
    screen.year.setCurrentIndex(0)
    screen.refresh()
    assert len(verdicts(screen)) == 4


@pytest.mark.parametrize(
    ("department", "asked"),
    [
        ("67", {2022: (50, 20), 2026: (50, 20), 2040: (50, 20)}),
        ("2a", {2026: (50, 20)}),
        ("", {2026: (50, 20)}),
        ("971", {2022: (20, 5), 2025: (20, 5), 2026: (35, 10), 2029: (35, 10), 2030: (50, 20)}),
        ("972", {2025: (20, 5), 2026: (35, 10)}),
        ("973", {2025: (20, 5), 2026: (35, 10)}),
        ("974", {2025: (20, 5), 2026: (35, 10)}),
        ("978", {2025: (20, 5), 2026: (35, 10)}),
        ("977", {2025: (50, 20), 2026: (50, 20)}),
        ("976", {2025: (5, 2), 2026: (15, 5), 2030: (30, 10), 2034: (30, 10), 2035: (50, 20)}),
        ("975", {2022: (30, 10), 2029: (30, 10), 2030: (50, 20)}),
    ],
)
def test_what_the_law_asks_depends_on_where_the_canteen_is_and_on_the_year(department, asked):
    found = {year: thresholds(department, year) for year in asked}
    assert {year: (each.quality, each.organic) for year, each in found.items()} == asked


def test_meat_and_fish_are_asked_everywhere_since_2024_and_nothing_before_2022():
    for department in ("67", "974", "975", "976"):
        assert [thresholds(department, year).animal for year in (2023, 2024)] == [None, 60]
        before = thresholds(department, 2021)
        assert (before.quality, before.organic) == (None, None)
        assert "2021" in before.sentence


@pytest.mark.parametrize(
    ("department", "address", "place"),
    [
        ("67", "2 quai Kléber, 67000 Strasbourg", "67"),
        ("", "12 rue du Port, 97420 Le Port", "974"),
        ("", "Mamoudzou 97600", "976"),
        ("971", "Gustavia, 97133 Saint-Barthélemy", "977"),
        ("", "Marigot, 97150 Saint-Martin", "978"),
        ("67", "97420 personnes par an", "67"),
        ("", "Strasbourg", ""),
    ],
)
def test_the_place_is_the_department_or_an_overseas_postcode(department, address, place):
    assert department_of(Canteen(name="A", department=department, address=address)) == place


def test_a_period_over_two_years_is_held_to_the_year_it_ends_in(book):
    with book.action("île") as session:
        session.add(Canteen(name="Mtsapéré", department="976"))
    with book.read() as session:
        asked = thresholds_here(session, Period.through(date(2025, 9, 1), date(2026, 8, 31)))
    assert (asked.quality, asked.organic) == (15, 5)


def test_what_counts_names_the_paper_that_proves_it_or_says_there_is_none(qtbot, desk, bought):
    screen = QualityScreen(desk)
    qtbot.addWidget(screen)
    screen.refresh()
    paper = screen.table.model.index(0, 4)
    assert paper.data() == "aucun papier valable"
    with desk.book.action("papier") as session:
        past = TODAY - timedelta(days=1)
        add_paper(session, bought.supplier, "Vieux certificat", valid_until=past)
        add_paper(session, bought.supplier, "Certificat bio", valid_until=TODAY)
    screen.refresh()
    assert screen.table.model.index(0, 4).data() == "Certificat bio, jusqu’au 23/11/2026"


def test_a_year_without_a_reception_says_so(qtbot, desk):
    screen = QualityScreen(desk)
    qtbot.addWidget(screen)
    screen.refresh()
    assert "rien à compter" in screen.said.text()


@pytest.mark.usefixtures("bought")
def test_what_lacks_is_what_makes_the_rule_hold_to_the_cent(desk):
    with desk.book.read() as session:
        first = targets(shares(session, YEAR), thresholds("67", TODAY.year))[0]
        assert first.lack == Money(350)
        assert (first.part + first.lack).cents * 100 >= first.whole.cents * first.asked
        [proof] = proofs(session, YEAR, TODAY)
        assert (proof.supplier, proof.labels, proof.amount) == ("Biocoop", "bio", Money(5000))
