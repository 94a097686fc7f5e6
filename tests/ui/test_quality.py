"""Quality food in the window: how far, in words as in bars, and what proves it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.supply.articles.model import Article, QualityLabel
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.egalim.shares import shares
from cantine_desktop.supply.egalim.targets import proofs, targets
from cantine_desktop.supply.egalim.thresholds import thresholds
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
    return [words.text().replace("\u00a0", " ") for _gauge, words in screen._lines]


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
    gauge = screen._lines[0][0]
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
        "46 % sur 20 % demandés : atteint",
        "46 % sur 5 % demandés : atteint",
    ]
    assert "La Réunion" in screen.said.text()


@pytest.mark.parametrize(
    ("department", "asked"),
    [("67", (50, 20)), ("2a", (50, 20)), ("", (50, 20)), ("971", (20, 5)), ("975", (30, 10)),
     ("976", (5, 2))],
)  # fmt: skip
def test_what_the_law_asks_depends_on_where_the_canteen_is(department, asked):
    found = thresholds(department)
    assert (found.quality, found.organic) == asked


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
        first = targets(shares(session, YEAR))[0]
        assert first.lack == Money(350)
        assert (first.part + first.lack).cents * 100 >= first.whole.cents * first.asked
        [proof] = proofs(session, YEAR, TODAY)
        assert (proof.supplier, proof.labels, proof.amount) == ("Biocoop", "bio", Money(5000))
