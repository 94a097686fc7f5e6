"""Whatever statement a bank writes, in whatever form, the same movements are read back.

Statements are made by chance and written by our own small writers (``bank_writers``).
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.finance.bank.csv_mapping import MappingNeededError
from cantine_desktop.finance.bank.inbox import take_in
from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.finance.bank.recognising import read_bank_file
from tests.conftest import NOW
from tests.finance.bank_writers import (
    COLUMNS,
    DAYS,
    Layout,
    Move,
    write_camt,
    write_cfonb,
    write_csv,
    write_ofx,
)
from tests.finance.test_bank_inbox import bank, count_accounts

WORDS = st.text(alphabet="ABCéèÉœ€' -=+@&<>;,\"/*0159.", min_size=1, max_size=30)
PLAIN = st.text(alphabet="ABCDEFGHIJ 0159-/.", min_size=1, max_size=31)


def statements(words, *, most=12):
    """Give the movements of a month in the order of their days, twins among them."""
    move = st.builds(
        Move,
        st.integers(0, 30).map(lambda day: date(2026, 10, 1) + timedelta(day)),
        st.one_of(
            st.integers(-200_000_000, 200_000_000), st.sampled_from([-100, 100, 123_400])
        ).filter(bool),
        words.map(lambda text: "X" + " ".join(text.split())),
    )
    return st.lists(move, min_size=1, max_size=most).map(
        lambda moves: sorted([*moves, *moves[:1]], key=lambda each: each.day)
    )


def read(content):
    """Read a file; what is asked is answered as guessed."""
    try:
        return read_bank_file(content, "x")
    except MappingNeededError as asked:
        return read_bank_file(content, "x", asked.guess)


def found(content):
    return [(each.day, each.amount.cents) for held in read(content) for each in held.lines]


def labels(content):
    return [each.label for held in read(content) for each in held.lines]


def said(moves):
    return [(move.day, move.cents) for move in moves]


OPENING = st.integers(-50_000_000, 50_000_000)


@settings(max_examples=60, deadline=None)
@given(
    statements(WORDS), OPENING, st.booleans(), st.sampled_from(",."),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from(["\n", "\r\n", ""]),
)  # fmt: skip
def test_ofx_is_read_back(moves, opening, is_xml, mark, encoding, end):
    text = write_ofx(moves, opening, is_xml=is_xml, mark=mark).replace("\n", end or " ")
    content = text.encode(encoding)
    assert found(content) == said(moves)
    assert labels(content) == [move.label for move in moves]
    (statement,) = read(content)
    assert statement.closing.cents == opening + sum(move.cents for move in moves)
    assert not [each for each in statement.remarks if each.line]


@settings(max_examples=60, deadline=None)
@given(
    statements(WORDS), OPENING, st.sampled_from(["052", "053", "054"]), st.integers(1, 14),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
def test_camt_is_read_back(moves, opening, kind, version, encoding):
    text = write_camt(moves, opening, kind=kind, version=f"{version:02}")
    content = text.encode(encoding)
    assert found(content) == said(moves)
    assert labels(content) == [move.label for move in moves]
    (statement,) = read(content)
    assert statement.is_balanced is (None if kind == "054" else True)
    assert len(statement.remarks) == (kind == "054")


@settings(max_examples=60, deadline=None)
@given(statements(PLAIN), OPENING, st.sampled_from(["\n", "\r\n", ""]))
def test_cfonb_is_read_back(moves, opening, end):
    content = write_cfonb(moves, opening, end=end).encode()
    assert found(content) == said(moves)
    assert labels(content) == [move.label[:31].strip() for move in moves]
    (statement,) = read(content)
    assert statement.is_balanced
    assert statement.iban == "FR1420041010050500013M02606"
    assert not statement.remarks


LAYOUTS = st.builds(
    Layout,
    columns=st.sampled_from(COLUMNS),
    days=st.sampled_from(sorted(DAYS)),
    mark=st.sampled_from(",."),
    group=st.sampled_from(["", " ", "\u00a0", "\u202f", "'", ".", ","]),
    delimiter=st.sampled_from(";,\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    has_balance=st.booleans(),
    is_falling=st.booleans(),
    is_quoted=st.booleans(),
).filter(lambda layout: layout.group != layout.mark)


@settings(max_examples=150, deadline=None)
@given(
    statements(WORDS), OPENING, LAYOUTS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]),
)  # fmt: skip
def test_csv_is_read_back(moves, opening, layout, encoding):
    text = write_csv(moves, opening, layout)
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        content = text.encode()
    expected = said(moves)[::-1] if layout.is_falling else said(moves)
    assert found(content) == expected
    (statement,) = read(content)
    assert not [each for each in statement.remarks if each.line]
    if layout.has_balance and len(moves) > 1:
        assert statement.is_balanced


@settings(max_examples=80, deadline=None)
@given(statements(PLAIN, most=8), OPENING, LAYOUTS)
def test_balances_turn_amounts_over_that_are_written_the_other_way(moves, opening, layout):
    """Told by the balances alone, unless all amounts are one: then either way would do."""
    assume(len(moves) > 3 and len({move.cents for move in moves}) > 1)
    told = Layout(
        days=layout.days, mark=layout.mark, group=layout.group, is_falling=layout.is_falling,
        is_turned=True,
    )  # fmt: skip
    expected = said(moves)[::-1] if told.is_falling else said(moves)
    assert found(write_csv(moves, opening, told).encode()) == expected


BREAKS = {
    "ofx": lambda moves: write_ofx(moves, 0),
    "camt": lambda moves: write_camt(moves, 0),
    "cfonb": lambda moves: write_cfonb(moves, 0),
    "csv": lambda moves: write_csv(moves, 0, Layout(has_balance=False)),
    "csv with balances": lambda moves: write_csv(moves, 0, Layout(columns="debit-credit")),
}
GARBAGE = ["?", "12..34", "douze", "1,2,3"]


@pytest.mark.parametrize("form", BREAKS)
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 5), st.sampled_from(GARBAGE), st.booleans())
def test_a_movement_that_cannot_be_read_is_told_and_the_others_are_read(
    form, broken, garbage, is_day
):
    moves = [Move(date(2026, 10, 2 + rank), -(1000 + rank), f"L{rank}") for rank in range(6)]
    text = BREAKS[form](moves)
    day, cents = moves[broken].day, moves[broken].cents
    amounts = {
        "ofx": f"{cents / 100:.2f}", "camt": f"{-cents / 100:.2f}",
        "cfonb": f"{-cents:014}"[:-1] + "}JKLMNOPQR"[-cents % 10],
        "csv": f"{cents / 100:.2f}".replace(".", ","),
        "csv with balances": f"{-cents / 100:.2f}".replace(".", ","),
    }  # fmt: skip
    days = {"ofx": f"{day:%Y%m%d}", "camt": f"{day}", "cfonb": f"{day:%d%m%y}"}
    wanted = days.get(form, f"{day:%d/%m/%Y}") if is_day else amounts[form]
    lines = text.split("\n")
    at = next(rank for rank, line in enumerate(lines) if f"L{broken}" in line)
    width = len(wanted) if form == "cfonb" else 0
    lines[at] = lines[at].replace(wanted, garbage.ljust(width)[: width or None], 1)
    if form == "cfonb" and is_day:
        lines[at] = lines[at].replace(wanted, "??????")
    (statement,) = read("\n".join(lines).encode())
    assert [line.label for line in statement.lines] == [
        f"L{rank}" for rank in range(6) if rank != broken
    ]
    where = f"mouvement n° {broken + 1}" if form == "camt" else f"ligne {at + 1}"
    assert any(where in str(each) for each in statement.remarks)


@pytest.mark.parametrize("form", ["ofx", "camt", "cfonb", "csv", "csv with balances"])
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(statements(PLAIN), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3))
def test_files_that_overlap_add_each_movement_once(book, form, moves, periods):
    """Two movements alike of one day stay two; the same file again adds nothing."""
    first = date(2026, 10, 1)
    with book.action("imports") as session:
        account = bank(session, f"Banque {form} {count_accounts(session)}")
        for start, end in [*periods, (0, 30), (0, 30)]:
            held = [each for each in moves if start <= (each.day - first).days <= end]
            content = BREAKS[form](held).encode()
            take_in(session, account, read(content), "f", content, NOW)
        kept = session.scalars(select(BankLine).where(BankLine.bank_account_id == account))
        assert sorted((each.day, each.amount.cents) for each in kept) == sorted(said(moves))
