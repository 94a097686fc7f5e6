"""The palette finds records by the beginnings of words, the same on each engine."""

import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, inspect, select

from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.search import create_index, drop_index, find, rebuild
from cantine_desktop.values.text import fold
from tests.storage.bills import Bill


def add(book, *numbers):
    with book.action("Facturer") as session:
        session.add_all(Bill(number=n) for n in numbers)


def found(book, words, limit=20):
    with book.read() as session:
        return [hit.text.removeprefix("Facture ") for hit in find(session, words, limit)]


def test_accents_case_and_order_of_words_do_not_matter(shop):
    add(shop, "Épicerie Cœur de Blé", "Épicéa")
    for words in ("epicerie", "ÉPIC coeur", "ble epi", "Cœur", "facture blé", "épicerie-cœur"):
        assert "Épicerie Cœur de Blé" in found(shop, words), words
    assert found(shop, "epicea") == ["Épicéa"]
    assert found(shop, "picerie") == []
    assert found(shop, "epicerie epicea") == []


def test_many_records_at_once_are_indexed_together(shop):
    asked = []
    event.listen(shop.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    add(shop, *(f"Lot {n}" for n in range(1200)))
    assert len([statement for statement in asked if statement.startswith("SELECT")]) < 20
    assert found(shop, "lot 1199") == ["Lot 1199"]


def test_signs_of_the_query_language_are_only_signs(shop):
    add(shop, "A-12_b%c", 'Dit "le Fou"', "OR NOT AND")
    assert found(shop, "12 b c") == ["A-12_b%c"]
    assert found(shop, "a_b") == ["A-12_b%c"]
    assert found(shop, '"le fou') == ['Dit "le Fou"']
    assert found(shop, "not or") == ["OR NOT AND"]
    assert found(shop, "100%") == found(shop, "*") == found(shop, "") == found(shop, "' \" _") == []


def test_the_newest_come_first_up_to_the_limit(shop):
    add(shop, *(f"n{i:02}" for i in range(30)))
    assert found(shop, "n", 3) == ["n29", "n28", "n27"]


def test_the_index_follows_changes_undo_and_redo(shop):
    add(shop, "alpha")
    with shop.action("Renommer") as session:
        session.get_one(Bill, 1).number = "beta"
    assert (found(shop, "alpha"), found(shop, "beta")) == ([], ["beta"])
    shop.undo()
    assert (found(shop, "alpha"), found(shop, "beta")) == (["alpha"], [])
    shop.undo()
    assert found(shop, "alpha") == []
    shop.redo()
    shop.redo()
    assert found(shop, "beta") == ["beta"]
    with shop.action("Ôter") as session:
        session.delete(session.get_one(Bill, 1))
    assert found(shop, "beta") == []


def test_a_failed_action_leaves_nothing_in_the_index(shop):
    try:
        with shop.action("x") as session:
            session.add(Bill(number="fantôme"))
            session.flush()
            _ = 1 / 0
    except ZeroDivisionError:
        pass
    assert found(shop, "fantome") == []


def test_closed_areas_are_not_found(shop):
    add(shop, "alpha")
    shop.actor = Actor("Cuisine", reads=frozenset({"hygiene"}), writes=frozenset())
    assert found(shop, "alpha") == []
    shop.actor = Actor("Comptoir", reads=frozenset({"finance"}), writes=frozenset())
    assert found(shop, "alpha") == ["alpha"]


def test_rebuilding_gives_the_same_answers_and_no_step_to_undo(shop):
    add(shop, "alpha", "beta")
    shop.undo()
    shop.redo()
    before = found(shop, "facture")
    with shop.engine.begin() as connection:
        drop_index(connection)
        create_index(connection)
        create_index(connection)
    assert found(shop, "facture") == []
    with shop.action("Reconstruire") as session:
        rebuild(session)
    assert found(shop, "facture") == before == ["beta", "alpha"]
    assert shop.undo_label == "Facturer"


def test_the_index_can_be_removed(shop):
    with shop.engine.begin() as connection:
        drop_index(connection)
        drop_index(connection)
    assert not [n for n in inspect(shop.engine).get_table_names() if n.startswith("search_")]


FRENCH = string.ascii_letters + string.digits + "éèêëàâçîïôöûùüÿœæÉÀŒñ’'-_.,/ %\"*"


@given(st.lists(st.text(FRENCH, min_size=1, max_size=12), max_size=5), st.text(FRENCH, max_size=8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_answer_holds_a_word_that_begins_with_each_word_asked(shop, numbers, words):
    with shop.action("Vider") as session:
        for bill in session.scalars(select(Bill)):
            session.delete(bill)
    add(shop, *dict.fromkeys(numbers))
    expected = {n for n in numbers if _matches(f"Facture {n}", words)}
    assert set(found(shop, words)) == expected


def _matches(line, words):

    def cut(text):
        return "".join(c if c.isalnum() else " " for c in fold(text)).split()

    asked = cut(words)
    return bool(asked) and all(any(w.startswith(a) for w in cut(line)) for a in asked)
