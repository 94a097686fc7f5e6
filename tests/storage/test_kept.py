"""What an action keeps of its questions follows what it writes."""

from sqlalchemy import func, select

from cantine_desktop.storage.kept import kept
from cantine_desktop.storage.numbering import NumberSeries, next_number


def _count(session, asked):
    def ask():
        asked.append(1)
        return session.scalar(select(func.count()).select_from(NumberSeries))

    return kept(session, NumberSeries, "count", ask)


def test_an_action_asks_once_until_rows_of_the_table_are_written(any_book):
    asked = []
    with any_book.action("Numéros") as session:
        assert [_count(session, asked), _count(session, asked)] == [0, 0]
        assert len(asked) == 1
        next_number(session, "BC", 2026)
        assert [_count(session, asked), _count(session, asked)] == [1, 1]
        assert len(asked) == 2


def test_a_session_that_reads_asks_each_time(any_book):
    asked = []
    with any_book.read() as session:
        assert [_count(session, asked), _count(session, asked)] == [0, 0]
    assert len(asked) == 2


def test_an_action_after_another_keeps_nothing_of_it(any_book):
    asked = []
    for number in range(2):
        with any_book.action("Numéros") as session:
            assert _count(session, asked) == number
            next_number(session, f"S{number}", 2026)
