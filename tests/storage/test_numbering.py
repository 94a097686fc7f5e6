"""Numbers follow one another without a gap, whatever is undone or done at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from cantine_desktop.errors import ConflictError
from cantine_desktop.storage.numbering import next_number
from cantine_desktop.storage.verify import verify
from tests.storage.bills import Bill


def bill(book, series="F", year=2026):
    with book.action("Facturer") as session:
        number = next_number(session, series, year)
        session.add(Bill(number=f"{series}-{year}-{number:04}"))
    return number


def numbers(book):
    with book.read() as session:
        return session.scalars(select(Bill.number).order_by(Bill.number)).all()


def test_each_series_and_year_starts_at_one(shop):
    assert [bill(shop), bill(shop), bill(shop, "BC"), bill(shop, "F", 2027), bill(shop)] == [
        1, 2, 1, 1, 3,
    ]  # fmt: skip


def test_several_numbers_in_one_action_follow_one_another(shop):
    with shop.action("Facturer") as session:
        assert [next_number(session, "F", 2026) for _ in range(3)] == [1, 2, 3]


def test_a_number_undone_is_given_again_and_redone_if_still_free(shop):
    assert [bill(shop), bill(shop)] == [1, 2]
    shop.undo()
    shop.redo()
    assert numbers(shop) == ["F-2026-0001", "F-2026-0002"]
    shop.undo()
    assert bill(shop) == 2
    shop.undo()
    shop.undo()
    assert bill(shop) == 1


def test_a_failed_action_takes_no_number(shop):
    with pytest.raises(ZeroDivisionError), shop.action("x") as session:
        take_and_fail(session)
    assert bill(shop) == 1


def take_and_fail(session):
    next_number(session, "F", 2026)
    raise ZeroDivisionError


def test_undo_that_would_leave_a_gap_is_refused(shop, neighbour):
    assert bill(shop) == 1
    assert bill(neighbour) == 2
    with pytest.raises(ConflictError, match="compteur"):
        shop.undo()
    assert numbers(shop) == ["F-2026-0001", "F-2026-0002"]


def test_writers_at_once_leave_no_gap_and_take_no_number_twice(shop, neighbour):
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(bill, [shop, neighbour] * 12))
    assert sorted(taken) == list(range(1, 25))
    with shop.read() as session:
        assert verify(session) == []
