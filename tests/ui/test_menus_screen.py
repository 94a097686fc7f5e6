"""Menus of a week typed in a table, changed the same morning, confirmed before they are posted."""

from datetime import time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.meals.menus.model import Dish, GivenProduct
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.meals.recipes.starter import load_starter_recipes
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.supply.products.starter import load_starter_products
from cantine_desktop.values.period import DAY, Period
from tests.conftest import NOW
from ui.desk import Desk
from ui.meals.gifts_form import GiftsDialog
from ui.meals.menus import MenusScreen


@pytest.fixture
def screen(qtbot, book):
    monday = Period.week(NOW.date()).first
    with book.action("services") as session:
        for days in (1, 2):
            session.add(
                MealService(
                    day=monday + days * DAY,
                    kind=MealKind.LUNCH,
                    cook_at=time(9, 30),
                    meal_at=time(12, 30),
                    seats=35,
                    kitchen_places=10,
                )
            )
    desk = Desk(book)
    screen = MenusScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 620)
    screen.show()
    screen.refresh()
    yield screen
    desk.close()


def type_in(qtbot, screen, row, column, text):
    screen.grid.setCurrentCell(row, column)
    screen.grid.setFocus()
    qtbot.keyClick(screen.grid, Qt.Key.Key_F2)
    line = screen.grid.findChildren(QLineEdit)[-1]
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.grid.state() != screen.grid.State.EditingState)


def dishes(screen):
    with screen.desk.book.read() as session:
        found = session.scalars(select(Dish).order_by(Dish.menu_id, Dish.rank))
        return [(dish.course, dish.name, dish.confirmed) for dish in found]


def test_a_name_typed_in_a_cell_is_a_dish_of_that_service(qtbot, screen):
    type_in(qtbot, screen, 0, 1, "Dahl maison")
    assert dishes(screen) == [(Course.MAIN, "Dahl maison", None)]
    qtbot.waitUntil(lambda: "Dahl maison" in screen.grid.item(0, 1).text())
    assert "n’est pas" in screen.sentence.text() or "ne sont pas" in screen.sentence.text()


def test_two_dishes_of_a_course_are_parted_by_a_bar_and_an_empty_cell_takes_them_off(qtbot, screen):
    type_in(qtbot, screen, 0, 3, "Compote / Flan")
    assert [name for _course, name, _held in dishes(screen)] == ["Compote", "Flan"]
    qtbot.waitUntil(lambda: "Flan" in screen.grid.item(0, 3).text())
    type_in(qtbot, screen, 0, 3, "Flan")
    assert [name for _course, name, _held in dishes(screen)] == ["Flan"]
    qtbot.waitUntil(lambda: "Compote" not in screen.grid.item(0, 3).text())
    type_in(qtbot, screen, 0, 3, "")
    assert not dishes(screen)


def test_the_allergens_of_the_current_dish_are_confirmed_with_initials(qtbot, screen):
    type_in(qtbot, screen, 0, 1, "Quiche du chef")
    screen.grid.setCurrentCell(0, 1)
    screen.pane.boxes[Allergen.EGGS].setChecked(True)
    screen.pane.button.click()
    assert dishes(screen)[0][2] is None
    qtbot.keyClicks(screen.pane.initials, "am")
    qtbot.keyClick(screen.pane.initials, Qt.Key.Key_Return)
    assert dishes(screen)[0][2] == {Allergen.EGGS}


def test_a_recipe_of_the_starter_set_is_proposed_and_tells_its_cost(qtbot, screen):
    screen.load.trigger()
    qtbot.waitUntil(lambda: len(screen.grid.names) > 50, timeout=20_000)
    type_in(qtbot, screen, 0, 1, "Dahl de lentilles corail")
    qtbot.waitUntil(lambda: "Dahl" in screen.grid.item(0, 1).text())
    screen.grid.setCurrentCell(0, 0)
    screen.grid.setCurrentCell(0, 1)
    assert "la portion" in screen.pane.facts.text()


def test_the_menus_of_the_week_before_are_copied_and_taken_back(qtbot, screen):
    with screen.desk.book.action("avant") as session:
        monday = Period.week(NOW.date()).first
        before = MealService(
            day=monday - 6 * DAY,
            kind=MealKind.LUNCH,
            cook_at=time(9, 30),
            meal_at=time(12, 30),
            seats=35,
            kitchen_places=10,
        )
        session.add(before)
        session.flush()
        key = before.id
    screen.open_at(key)
    type_in(qtbot, screen, 0, 1, "Chili")
    screen.open_at(Period.week(NOW.date()))
    screen.copy.trigger()
    assert [name for _course, name, _held in dishes(screen)] == ["Chili", "Chili"]
    screen.desk.book.undo()
    assert len(dishes(screen)) == 1


def test_what_was_given_for_a_menu_makes_its_dishes_cost_less(qtbot, screen):
    with screen.desk.book.action("recettes") as session:
        load_starter_products(session)
        load_starter_recipes(session)
    type_in(qtbot, screen, 0, 1, "Dahl de lentilles corail")
    screen.grid.setCurrentCell(0, 1)
    before = screen.pane.facts.text()
    dialog = GiftsDialog(screen.desk, screen, screen.grid.menu.service.key)
    key, field = next((k, f) for k, f in dialog.fields.items() if "entille" in f.name)
    field.set_value(Decimal(140))
    dialog._keep()
    assert "0 à 100" in dialog.notice.text
    field.set_value(Decimal(50))
    dialog._keep()
    with screen.desk.book.read() as session:
        (kept,) = session.scalars(select(GivenProduct))
        assert (kept.product_id, kept.share) == (key, Decimal("0.5"))
    screen.refresh()
    assert "Dons compris" not in before
    assert "Dons compris" in screen.pane.facts.text()
    screen.desk.book.undo()
    with screen.desk.book.read() as session:
        assert session.scalars(select(GivenProduct)).all() == []
