"""From the page of a service: what its recipes take off the shelves, once and not twice."""

import pytest

from cantine_desktop.meals.consumption.tracing import lots_of_service
from cantine_desktop.meals.menus.planning import DishFacts, set_menu
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.meals.services.single import open_service
from cantine_desktop.supply.stock.lots import left_of
from cantine_desktop.supply.stock.model import StockItem
from tests.conftest import NOW
from tests.meals.menu_book import gratin, service
from tests.supply.shelves import add_lot
from ui.desk import Desk
from ui.meals import service_stock
from ui.meals.service import ServiceScreen

SUNDAY = NOW.date()


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def lunch(desk):
    """A lunch of today with a gratin for ten, nine kilos of squash on the shelf."""
    with desk.book.action("départ") as session:
        made = gratin(session)
        squash = made.ingredients[0].product_id
        session.add(StockItem(product_id=squash))
        lot = add_lot(session, squash, 9000, ago=5)
        key = service(session, SUNDAY).id
        set_menu(session, key, [DishFacts(Course.MAIN, "Gratin de courge", made.id)])
        return key, lot


@pytest.fixture
def screen(qtbot, desk, lunch, monkeypatch):
    monkeypatch.setattr(service_stock, "ask", lambda *_: True)
    made = ServiceScreen(desk)
    qtbot.addWidget(made)
    made.open_at(lunch[0])
    return made


def test_nobody_announced_nothing_is_taken(screen, desk, lunch):
    told = []
    desk.told.connect(lambda words, _undo: told.append(words))
    screen.stock.take.trigger()
    assert "combien de convives" in told[-1]
    with desk.book.read() as session:
        assert left_of(session, lunch[1]) == 9000


def test_the_recipes_are_taken_once_however_often_it_is_done(screen, desk, lunch):
    with desk.book.action("attendus") as session:
        open_service(session, lunch[0]).expected = 20
    screen.refresh()
    told = []
    desk.told.connect(lambda words, _undo: told.append(words))
    for _each in range(2):
        screen.stock.take.trigger()
        with desk.book.read() as session:
            assert left_of(session, lunch[1]) == 4000
    assert told[-1].startswith("1 sortie de stock")
    screen.refresh()
    assert ("Sorti du stock", "1 lot") in screen.page.tabs["buying"].lines
    desk.book.undo()
    desk.book.undo()
    with desk.book.read() as session:
        assert lots_of_service(session, lunch[0]).plates == ()
        assert left_of(session, lunch[1]) == 9000
