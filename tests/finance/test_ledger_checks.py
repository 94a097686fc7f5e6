"""A ledger that another program touched is told, place by place."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from cantine_desktop.finance.ledger import closing, validating
from cantine_desktop.finance.ledger.checks import check
from cantine_desktop.finance.ledger.lettering import letter
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.values.money import Money

NEXT_YEAR = datetime(2027, 2, 1, 9, tzinfo=UTC)


def move(session, day, taken, given, cents=1_000):
    lines = debit(taken, Money(cents)), credit(given, Money(cents))
    return post(session, DraftEntry("OD", day, "Mouvement", "P1", lines))


@pytest.fixture
def kept(any_book):
    """Return a book with a closed year, the next one opened, and what is settled."""
    with any_book.action("an") as session:
        cash = move(session, date(2026, 2, 1), "511200", "706000")
        bank = move(session, date(2026, 2, 9), "512000", "511200")
        letter(session, [cash.lines[0].id, bank.lines[1].id], date(2026, 2, 9))
        move(session, date(2026, 3, 1), "864000", "875000")
        move(session, date(2026, 4, 1), "511500", "706000", 2_200)
        closing.close_year(session, find_year(session, date(2026, 2, 1)), NEXT_YEAR)
        one = move(session, date(2027, 1, 5), "530000", "706000")
        validating.validate(session, [one], NEXT_YEAR)
        move(session, date(2027, 1, 6), "530000", "706000")
    return any_book


def told(book):
    with book.read() as session:
        return [finding.text for finding in check(session)]


def test_what_the_application_wrote_holds_together(kept):
    assert told(kept) == []


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE line SET debit = debit + 10 WHERE id = 1", "équilibrée : 0,10"),
        ("UPDATE line SET debit = debit + 10 WHERE id = 1", "ne se solde pas : il reste 0,10"),
        ("DELETE FROM line WHERE entry_id = 1 AND rank = 2", "deux lignes"),
        ("UPDATE line SET account_id = account_id - 1 WHERE entry_id = 3 AND rank = 2", "classe 8"),
        ("UPDATE entry SET day = '2025-06-01' WHERE id = 2", "hors de son exercice"),
        ("UPDATE entry SET number = 9 WHERE id = 2", "la dernière est n° 9"),
        ("UPDATE entry SET rank = 9 WHERE id = 2", "jusqu’à 9"),
        ("UPDATE entry SET sealed_at = NULL WHERE id = 2", "sans être scellée"),
        ("UPDATE line SET sealed_at = NULL WHERE id = 2", "avec son écriture"),
        ("UPDATE line SET debit = 2300 WHERE carries_id IS NOT NULL", "511500 s’ouvre à 1,00"),
    ],
)
def test_each_thing_another_program_changed_is_told(kept, damage, words):
    with kept.engine.begin() as connection:
        connection.execute(text(damage.replace("account_id - 1", _EXPENSE)))
    assert any(words in finding.replace("\u202f", " ") for finding in told(kept)), told(kept)


_EXPENSE = "(SELECT id FROM account WHERE number = '706000')"


def test_a_year_whose_days_were_changed_is_told_rather_than_all_its_entries(kept):
    with kept.action("écritures") as session:
        for _entry in range(25):
            move(session, date(2027, 1, 7), "512000", "706000")
    with kept.engine.begin() as connection:
        connection.execute(text("UPDATE fiscal_year SET first = '2027-02-01' WHERE id = 2"))
    said = [words for words in told(kept) if "hors de s" in words]
    assert said[:20] == ["est datée hors de son exercice"] * 20
    assert said[20:] == ["28 écritures sont hors de ses jours : a-t-il changé de dates\u202f?"]
