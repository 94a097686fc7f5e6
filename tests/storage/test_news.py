"""Two computers on one book: each learns what the other did, neither breaks the other's work."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event, func, select

from cantine_desktop.errors import ConflictError, UserError
from cantine_desktop.storage import book as book_module
from cantine_desktop.storage.history import Action
from cantine_desktop.storage.verify import verify
from tests.storage.bills import Bill, Shelf


def add(book, name="Frigo"):
    with book.action(f"Ajouter {name}") as session:
        session.add(Shelf(name=name))


def rename(book, name):
    with book.action("Renommer") as session:
        session.scalars(select(Shelf)).first().name = name


def fail(session):
    session.add(Shelf(name="x"))
    session.flush()
    raise ZeroDivisionError


def names(book):
    with book.read() as session:
        return session.scalars(select(Shelf.name).order_by(Shelf.id)).all()


def test_changes_made_elsewhere_are_told_once(shop, neighbour):
    told = []
    neighbour.subscribe(told.append)
    assert neighbour.news() == frozenset()
    add(shop)
    assert neighbour.news() == {"test_shelf"}
    assert told == [{"test_shelf"}]
    assert neighbour.news() == frozenset()
    assert names(neighbour) == ["Frigo"]


def test_own_changes_are_told_by_the_action_and_not_again(shop, neighbour):
    told = []
    shop.subscribe(told.append)
    add(shop)
    add(neighbour, "Vitrine")
    rename(shop, "Cave")
    shop.undo()
    assert told == [{"test_shelf"}] * 3
    assert shop.news() == {"test_shelf"}
    assert shop.news() == frozenset()
    assert neighbour.news() == {"test_shelf"}


def test_undo_and_redo_elsewhere_are_news(shop, neighbour):
    add(shop)
    assert neighbour.news()
    shop.undo()
    assert neighbour.news() == {"test_shelf"}
    shop.redo()
    assert neighbour.news() == {"test_shelf"}


def test_what_was_there_at_opening_is_no_news(shop, request):
    add(shop)
    assert request.getfixturevalue("neighbour").news() == frozenset()


def test_a_history_that_grew_shorter_is_news_of_everything(shop, neighbour, tamper):
    add(shop)
    assert neighbour.news()
    tamper("DELETE FROM change", "DELETE FROM action")
    assert {"test_shelf", "test_bill"} <= neighbour.news()


def test_undo_of_what_a_neighbour_changed_is_refused_and_leaves_the_list(shop, neighbour):
    add(shop, "Cave")
    rename(shop, "Cellier")
    rename(neighbour, "Réserve")
    with pytest.raises(ConflictError, match="étagère n° 1"):
        shop.undo()
    assert names(shop) == ["Réserve"]
    assert shop.undo_labels == ["Ajouter Cave"]
    neighbour.undo()
    assert names(shop) == ["Cellier"]


def test_undo_of_a_row_that_a_neighbour_refers_to_is_refused(shop, neighbour):
    with shop.action("Facturer") as session:
        session.add(Bill(number="F1"))
    with neighbour.action("Ranger") as session:
        session.add(Shelf(name="Frigo", bill_id=1))
    with pytest.raises(ConflictError):
        shop.undo()
    assert names(shop) == ["Frigo"]


def test_a_reading_session_sees_one_state_from_its_first_look_to_its_end(shop, neighbour):
    add(shop)
    with shop.read() as session:
        assert session.scalar(select(func.count(Shelf.id))) == 1
        add(neighbour)
        assert session.scalar(select(func.count(Shelf.id))) == 1
    assert len(names(shop)) == 2


def test_threads_and_books_writing_at_once_keep_one_chain(shop, neighbour):
    start = Barrier(4)

    def write(number):
        start.wait()
        for turn in range(8):
            chosen = shop if (number + turn) % 2 else neighbour
            add(chosen, f"{number}-{turn}")
            rename(chosen, f"{number}+{turn}")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    with shop.read() as session:
        assert session.scalars(select(Action.id).order_by(Action.id)).all() == list(range(1, 65))
        assert verify(session) == []
    assert len(names(shop)) == 32


def test_a_book_kept_busy_says_so_and_keeps_nothing(shop, neighbour):
    if shop.engine.dialect.name == "sqlite":
        with neighbour.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    else:
        event.listen(
            neighbour.engine,
            "begin",
            lambda c: c.exec_driver_sql("SET LOCAL lock_timeout = '50ms'"),
        )
    with shop.action("Longue"), pytest.raises(UserError, match="occupé"):
        add(neighbour)
    add(neighbour)
    assert names(shop) == ["Frigo"]


def test_an_action_within_an_action_is_a_mistake_said_at_once(shop):
    with shop.action("Dehors"), pytest.raises(RuntimeError):
        add(shop)


def test_an_exception_takes_everything_back_and_tells_nobody(shop):
    told = []
    shop.subscribe(told.append)
    with pytest.raises(ZeroDivisionError), shop.action("Échouer") as session:
        fail(session)
    assert names(shop) == []
    assert told == []
    assert shop.undo_label is None
    with shop.read() as session:
        assert session.scalars(select(Action)).all() == []
    add(shop)
    assert told == [{"test_shelf"}]


def test_an_action_that_changes_nothing_leaves_no_trace(shop):
    told = []
    shop.subscribe(told.append)
    with shop.action("Rien"):
        pass
    assert told == []
    assert shop.undo_label is None


def test_who_unsubscribes_hears_no_more(shop):
    told = []
    stop = shop.subscribe(told.append)
    add(shop)
    stop()
    stop()
    add(shop)
    assert len(told) == 1


def test_two_hundred_actions_can_be_taken_back(shop):
    for number in range(book_module.STEPS + 5):
        add(shop, str(number))
    assert len(shop.undo_labels) == book_module.STEPS >= 100
    assert shop.undo_labels[:2] == ["Ajouter 204", "Ajouter 203"]
    for _ in range(book_module.STEPS):
        shop.undo()
    assert names(shop) == ["0", "1", "2", "3", "4"]
    assert shop.redo_labels[0] == "Ajouter 5"
    shop.undo()
    assert len(names(shop)) == 5


def test_a_closed_book_says_so(shop):
    told = []
    shop.subscribe(told.append)
    shop.close()
    for use in (shop.news, shop.read().__enter__, shop.action("x").__enter__):
        with pytest.raises(UserError, match="fermé"):
            use()


def test_an_action_that_is_not_undoable_is_recorded_all_the_same(shop):
    add(shop)
    with shop.action("Discret", undoable=False) as session:
        session.add(Shelf(name="x"))
    assert shop.undo_labels == ["Ajouter Frigo"]
    with shop.read() as session:
        assert session.scalars(select(Action.label)).all()[-1] == "Discret"
