"""What screens of money ask the book: no more of a long past than of a short one."""

from collections import Counter
from datetime import date
from threading import get_ident

import pytest
from sqlalchemy import event

from cantine_desktop.finance.grants.keeping import GrantForm, Payment, save_grant
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.sections import SECTIONS

MONEY = next(
    [entry.key for entry in section.screens] for section in SECTIONS if section.key == "finance"
)
DAY = date(2026, 3, 24)


@pytest.fixture
def asked(workplace):
    """Return a function that shows a screen built anew and counts what it asks the book."""
    count, here = Counter(), get_ident()

    def note(_connection, _cursor, _statement, _values, _context, _many):
        if get_ident() == here:  # what is read beside the window keeps nobody waiting
            count["questions"] += 1

    engine = workplace.desk.book.engine
    event.listen(engine, "before_cursor_execute", note)

    def show(key):
        workplace.navigator.close()
        count.clear()
        workplace.navigator.go("preferences")
        workplace.navigator.go(key)
        return count["questions"]

    yield show
    event.remove(engine, "before_cursor_execute", note)


def spend(session, cents, project):
    lines = (
        debit("606300", Money(cents), activity="REPAS", project=project),
        credit("530000", Money(cents)),
    )
    post(session, DraftEntry("OD", DAY, "Terreau", "P", lines))


def live(book, first, last):
    """Write grants with their payments and what each was spent on."""
    with book.action("années") as session:
        for rank in range(first, last):
            project = f"P{rank}"
            payments = (Payment(DAY, Money(100_00)), Payment(date(2026, 9, 1), Money(50_00)))
            form = GrantForm(
                f"Projet {rank}", "Ville", project=project, granted=Money(150_00), payments=payments
            )
            save_grant(session, form)
            spend(session, 20_00 + rank, project)


@pytest.mark.parametrize("key", MONEY)
def test_opening_a_screen_asks_no_more_of_a_longer_past(asked, workplace, key):
    book = workplace.desk.book
    with book.action("exercice") as session:
        open_year(session, Period.year(DAY))
    live(book, 0, 2)
    short = asked(key)
    live(book, 2, 14)
    assert asked(key) <= short


def test_only_the_table_of_the_statements_that_is_chosen_is_added_up(workplace):
    book = workplace.desk.book
    with book.action("exercice") as session:
        open_year(session, Period.year(DAY))
        spend(session, 20_00, "")
    workplace.navigator.go("statements")
    screen = workplace.navigator.current
    assert screen.result.rows
    assert not screen.sheet.rows
    screen.what.setCurrentIndex(1)
    assert screen.sheet.rows
    assert screen.sheet.isVisible()
    assert not screen.result.isVisible()
    with book.action("achat") as session:
        spend(session, 5_00, "")
    assert any("25,00" in text for row in screen.sheet.rows for text in row.texts)
    screen.what.setCurrentIndex(0)
    assert any("25,00" in text for row in screen.result.rows for text in row.texts)
