"""The whole of an article, typed once: how it is ordered, kept and certified."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.supply.articles.model import (
    Article,
    Cold,
    FoodCategory,
    MadeIn,
    QualityLabel,
)
from cantine_desktop.supply.suppliers.model import Supplier
from tests.supply.desk import furnish
from ui.desk import Desk
from ui.supply.article_form import ArticleDialog
from ui.supply.suppliers import SuppliersScreen


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def there(desk):
    with desk.book.action("départ") as session:
        return furnish(session)


@pytest.fixture
def dialog(qtbot, desk, there):
    dialog = ArticleDialog(desk, there.pears, None)
    qtbot.addWidget(dialog)
    return dialog


def choose(dialog, key, value):
    box = dialog.form.field(key)
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemData(n) == value))


def test_what_makes_food_count_as_quality_is_typed_and_taken_back_at_once(dialog, desk, there):
    dialog.labels[QualityLabel.ORGANIC].setChecked(True)
    dialog.labels[QualityLabel.FAIR_TRADE].setChecked(True)
    dialog.form.field("is_local").setChecked(True)
    choose(dialog, "category", FoodCategory.PRODUCE)
    choose(dialog, "made_in", MadeIn.FRANCE)
    dialog.keep()
    with desk.book.read() as session:
        article = session.get_one(Article, there.pears)
        assert article.labels == {QualityLabel.ORGANIC, QualityLabel.FAIR_TRADE}
        assert (article.category, article.made_in) == (FoodCategory.PRODUCE, MadeIn.FRANCE)
        assert article.is_local
    desk.book.undo()
    with desk.book.read() as session:
        article = session.get_one(Article, there.pears)
        assert (article.labels, article.category) == (frozenset(), None)


def test_how_it_is_ordered_and_kept_is_typed(dialog, desk, there):
    choose(dialog, "fraction", 3)
    choose(dialog, "vat", Decimal("0.055"))
    choose(dialog, "cold", Cold.FRESH)
    choose(dialog, "ware", "very_perishable")
    for key, value in (("least", 2), ("shelf_days", 5), ("litres", 12)):
        dialog.form.field(key).set_value(Decimal(value))
    dialog.form.field("is_catch_weight").setChecked(True)
    dialog.keep()
    with desk.book.read() as session:
        article = session.get_one(Article, there.pears)
        assert (article.fraction, article.least, article.vat) == (3, 2, Decimal("0.055"))
        assert (article.cold, article.ware) == (Cold.FRESH, "very_perishable")
        assert (article.shelf_days, article.litres, article.is_catch_weight) == (5, 12, True)


def test_opening_it_and_keeping_it_changes_nothing(dialog, desk, there):
    with desk.book.read() as session:
        article = session.get_one(Article, there.pears)
        before = {
            name: getattr(article, name)
            for name in [column.name for column in Article.__table__.columns]
        }
    dialog.keep()
    with desk.book.read() as session:
        article = session.get_one(Article, there.pears)
        assert {name: getattr(article, name) for name in before} == before


def test_an_article_without_a_name_is_not_kept(dialog, desk, there):
    dialog.form.field("name").set_value("")
    dialog.keep()
    assert dialog.result() == 0
    with desk.book.read() as session:
        assert session.get_one(Article, there.pears).name


def test_an_article_of_a_local_supplier_begins_local(qtbot, desk, there, monkeypatch):
    with desk.book.action("local") as session:
        session.get_one(Supplier, there.supplier).is_local = True
    screen = SuppliersScreen(desk)
    qtbot.addWidget(screen)
    screen.open_at(there.supplier)
    monkeypatch.setattr("ui.supply.articles_grid.ask_text", lambda *_asked: "Poire")
    with desk.book.read() as session:
        known = set(session.scalars(select(Article.id)))
    screen.pane.articles._add()
    with desk.book.read() as session:
        [new] = [each for each in session.scalars(select(Article)) if each.id not in known]
        assert new.is_local


def test_the_grid_opens_the_whole_of_the_current_article(qtbot, desk, there, monkeypatch):
    screen = SuppliersScreen(desk)
    qtbot.addWidget(screen)
    screen.open_at(there.supplier)
    grid = screen.pane.articles
    shown = []
    monkeypatch.setattr(ArticleDialog, "exec", lambda dialog: shown.append(dialog._key))
    grid.grid.view.stand(0, 0)
    grid.whole.click()
    assert shown == [grid._rows[0].key]


def test_the_least_weight_and_boxes_of_an_order_are_typed_in_kilograms(qtbot, desk, there):
    screen = SuppliersScreen(desk)
    qtbot.addWidget(screen)
    screen.open_at(there.supplier)
    form = screen.pane.form
    form.committed.emit("minimum_grams", Decimal("25.5"))
    form.committed.emit("minimum_boxes", Decimal(4))
    with desk.book.read() as session:
        supplier = session.get_one(Supplier, there.supplier)
        assert (supplier.minimum_grams, supplier.minimum_boxes) == (25500, 4)
    screen.refresh()
    assert form.field("minimum_grams").value == Decimal("25.5")
