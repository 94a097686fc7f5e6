"""Recipes typed in the window: ingredients by keyboard, facts that follow, other quantities."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.meals.recipes.model import Ingredient, Recipe, RecipeStep, Unit
from cantine_desktop.meals.recipes.starter import load_starter_recipes
from cantine_desktop.supply.products.model import Product
from ui.desk import Desk
from ui.meals.recipes import RecipesScreen
from ui.meals.recipes_lines import GROSS, NAME, NET, SCALED
from ui.meals.recipes_pane import read_steps, steps_text
from ui.meals.recipes_paste import PasteDialog


@pytest.fixture
def screen(qtbot, book):
    desk = Desk(book)
    screen = RecipesScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    yield screen
    desk.close()


@pytest.fixture
def stocked(screen):
    with screen.desk.book.action("départ") as session:
        load_starter_recipes(session)
    return screen


def key_of(screen, name):
    with screen.desk.book.read() as session:
        return session.scalar(select(Recipe.id).where(Recipe.name == name))


def type_in(qtbot, screen, row, column, text):
    view = screen.pane.lines.grid.view
    view.stand(row, column)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    line = view.findChildren(QLineEdit)[-1]
    line.clear()
    line.insert(text)
    qtbot.keyClicks(line, " ")  # what Qt types in tests has no accents
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.state() != view.State.EditingState)


def lines(screen, key):
    with screen.desk.book.read() as session:
        found = session.scalars(
            select(Ingredient).where(Ingredient.recipe_id == key).order_by(Ingredient.rank)
        )
        products = {each.id: each.name for each in session.scalars(select(Product))}
        return [
            (products.get(each.product_id, each.words), each.quantity, each.unit) for each in found
        ]


def test_an_empty_book_offers_the_recipes_of_departure(qtbot, screen):
    assert screen.starter.isEnabled()
    screen.starter.trigger()
    qtbot.waitUntil(lambda: len(screen.table.model.keys) > 50, timeout=20_000)
    assert screen.pane is not None


def test_a_new_recipe_is_typed_by_keyboard_and_its_facts_follow(qtbot, stocked):
    stocked.new.trigger()
    key = stocked.pane.key
    qtbot.keyClicks(stocked.pane.name.line, "Soupe du mardi")
    qtbot.keyClick(stocked.pane.name.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: key_of(stocked, "Soupe du mardi") == key)
    type_in(qtbot, stocked, 0, NAME, "3 kg de carottes")
    type_in(qtbot, stocked, 1, NAME, "Lait demi-écrémé")
    type_in(qtbot, stocked, 1, NET, "2 l")
    assert lines(stocked, key) == [
        ("Carotte", 3, Unit.KILOGRAM),
        ("Lait demi-écrémé", 2, Unit.LITRE),
    ]
    told = stocked.pane.facts.text
    assert "lait" in told
    assert "Agribalyse" in told
    assert "la portion" in told
    stocked.desk.book.undo()
    assert lines(stocked, key)[1][1] is None


def test_a_gross_quantity_is_kept_net_and_an_erased_name_takes_its_line_off(qtbot, stocked):
    stocked.new.trigger()
    key = stocked.pane.key
    type_in(qtbot, stocked, 0, NAME, "1 kg carottes")
    type_in(qtbot, stocked, 0, GROSS, "2 kg")
    [(_name, net, _unit)] = lines(stocked, key)
    assert net * 100 == 170
    stocked.pane.lines.grid.view.stand(0, NAME)
    qtbot.keyClick(stocked.pane.lines.grid.view, Qt.Key.Key_Delete)
    assert lines(stocked, key) == []


def test_a_name_nobody_knows_keeps_its_words_and_proposes_the_nearest(qtbot, stocked):
    stocked.new.trigger()
    type_in(qtbot, stocked, 0, NAME, "2 kg de carotttes")
    cell = stocked.pane.lines.model.cell(0, NAME)
    assert "Carotte" in cell.tip
    assert "carotttes" in stocked.pane.facts.text


def test_a_nonsense_quantity_stays_in_its_cell_with_a_reason(qtbot, stocked):
    stocked.open_at(key_of(stocked, "Béchamel"))
    type_in(qtbot, stocked, 0, NET, "beaucoup")
    assert stocked.pane.lines.model.refusal_at(0, NET) is not None
    assert lines(stocked, stocked.pane.key)[0][1] == 3


def test_quantities_follow_the_diners_or_what_there_is_of_an_ingredient(stocked):
    stocked.open_at(key_of(stocked, "Béchamel"))
    stocked.pane.scale.many.line.setText("60")
    stocked.pane.scale.many.commit()
    assert stocked.pane.lines.model.cell(0, SCALED).text == "6\u00a0l"
    stocked.pane.scale.stock.line.setText("1 l de lait demi-écrémé")
    stocked.pane.scale.stock.commit()
    assert stocked.pane.scale.portions == 10
    assert stocked.pane.lines.model.cell(1, SCALED).text == "70\u00a0g"
    stocked.pane.scale.stock.line.setText("1 l de vin")
    stocked.pane.scale.stock.commit()
    assert stocked.pane.scale.stock.error


def test_a_pasted_list_is_taken_and_its_unknown_lines_told_with_their_place(qtbot, stocked):
    stocked.new.trigger()
    key = stocked.pane.key
    dialog = PasteDialog(stocked.desk, stocked, key, stocked.pane.lines.add_lines)
    qtbot.addWidget(dialog)
    dialog.text.setPlainText("Carottes\t1,5 kg\n\n3 œufs\nlicornes 2")
    assert "ligne 4" in dialog.told.text()
    dialog.act.click()
    assert [name for name, _q, _u in lines(stocked, key)] == ["Carotte", "Œuf", "licornes 2"]
    stocked.desk.book.undo()
    assert lines(stocked, key) == []


def test_steps_are_a_line_each_with_a_known_workshop_before_them(stocked):
    stocked.new.trigger()
    pane = stocked.pane
    pane.steps.setFocus()
    pane.steps.setPlainText("Légumes : éplucher.\nCuire : 40 minutes.")
    pane.name.line.setFocus()
    with stocked.desk.book.read() as session:
        query = select(RecipeStep).where(RecipeStep.recipe_id == pane.key)
        found = [(each.workshop, each.words) for each in session.scalars(query)]
    assert found == [("Légumes", "éplucher."), ("", "Cuire : 40 minutes.")]
    known = frozenset({"Légumes"})
    steps = read_steps("Légumes : laver\nservir", known)
    assert read_steps(steps_text(steps), known) == steps


def test_the_list_is_filtered_by_words_course_and_unknown_allergens(stocked):
    many = len(stocked.table.model.keys)
    with stocked.desk.book.action("inconnu") as session:
        session.scalar(select(Product).where(Product.name == "Carotte")).allergens = None
    stocked.show_only.setCurrentIndex(3)
    stocked.show_only.activated.emit(3)
    assert 0 < len(stocked.table.model.keys) < many
    stocked.show_only.setCurrentIndex(0)
    stocked.course.setCurrentIndex(1)
    stocked.course.activated.emit(1)
    assert 0 < len(stocked.table.model.keys) < many
    stocked.list.search.setText("zzz")
    stocked.table.refresh()
    assert not stocked.table.model.keys


def test_a_recipe_is_copied_put_away_and_taken_back(stocked):
    stocked.open_at(key_of(stocked, "Béchamel"))
    stocked.copied.trigger()
    made = key_of(stocked, "Béchamel (copie)")
    assert stocked.pane.key == made
    stocked.put_away.trigger()
    assert made not in stocked.table.model.keys
    stocked.desk.book.undo()
    assert made in stocked.table.model.keys


def test_milk_taken_out_of_a_product_changes_what_the_recipe_holds(stocked):
    stocked.open_at(key_of(stocked, "Béchamel"))
    assert Allergen.MILK in stocked.rows[stocked.pane.key].held
    assert "lait" in stocked.pane.facts.text
    with stocked.desk.book.action("végétal") as session:
        for name in ("Lait demi-écrémé", "Beurre doux"):
            session.scalar(select(Product).where(Product.name == name)).allergens = frozenset()
    assert "lait" not in stocked.pane.facts.text.splitlines()[0]
