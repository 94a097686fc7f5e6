"""Choosing what to cook, from the menus, by the keyboard."""

import pytest
from PySide6.QtCore import Qt

from cantine_desktop.meals.menus.queries import menu_of
from cantine_desktop.meals.recipes.model import Course
from tests.meals.menu_book import TUESDAY, gratin, service
from tests.supply.shelves import add_lot
from ui.desk import Desk
from ui.meals import choosing
from ui.meals.choosing import ChoosingDialog
from ui.meals.menus import MenusScreen


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def lunch(desk):
    with desk.book.action("départ") as session:
        made = gratin(session)
        add_lot(session, made.ingredients[0].product_id, 9000, days=2)
        return service(session, TUESDAY).id


@pytest.fixture
def dialog(qtbot, desk, lunch):
    made = ChoosingDialog(desk, lunch, None)
    qtbot.addWidget(made)
    return made


def test_enter_puts_the_best_idea_on_the_menu_and_undo_takes_it_away(qtbot, dialog, desk, lunch):
    dialog.show()
    assert dialog.why.text().startswith("Sauve courge")
    assert "À acheter\u00a0: crème, farine." in dialog.why.text()
    qtbot.keyClick(dialog.table.view, Qt.Key.Key_Return)
    with desk.book.read() as session:
        assert [each.name for each in menu_of(session, lunch).dishes] == ["Gratin de courge"]
    desk.book.undo()
    with desk.book.read() as session:
        assert menu_of(session, lunch).dishes == ()


def test_another_course_without_recipe_says_where_to_write_one(dialog):
    dialog.course.setCurrentIndex(dialog.course.findData(Course.DESSERT))
    dialog.refresh()
    assert "ajoutez-en une" in dialog.why.text()
    assert not dialog.act.isEnabled()


def test_the_menus_ask_for_the_course_of_the_current_cell(qtbot, desk, lunch, monkeypatch):
    asked = []
    monkeypatch.setattr(
        choosing.ChoosingDialog, "exec", lambda self: asked.append(self.course.currentData())
    )
    screen = MenusScreen(desk)
    qtbot.addWidget(screen)
    screen.open_at(lunch)
    screen.grid.setCurrentCell(screen.grid.currentIndex().row(), 3)
    screen.choose.trigger()
    assert asked == [Course.DESSERT]
