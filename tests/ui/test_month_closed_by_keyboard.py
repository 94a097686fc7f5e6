"""Two months of the demonstration closed from Today to the archive, the mouse put away."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from cantine_desktop.cli import main
from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.matching.model import MatchedBankLine
from cantine_desktop.finance.matching.reconciliation import statement_at
from cantine_desktop.finance.month_end.closing import month_end_of
from cantine_desktop.office.checks import check_book
from cantine_desktop.values.period import Period
from tests.stories import month_by_keys as month
from tests.stories.person import Person
from tests.stories.unread_month import take_statements_out

SEPTEMBER = Period.month(date(2026, 9, 1))
OCTOBER = Period.month(date(2026, 10, 1))

pytestmark = pytest.mark.timeout(900)


def now():
    return datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory):
    """Return the demonstration with two months to close, and the bank’s files of both."""
    folder = tmp_path_factory.mktemp("waiting")
    path = folder / "Tablée.cantine"
    assert main(["demo", str(path), "--months-to-close", "2"], clock=now) == 0
    return path, take_statements_out(path, SEPTEMBER.first, folder, now)


@pytest.fixture
def canteen_book(waiting, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.entrance.opening.system_clock", now)
    path, files = waiting
    return (
        shutil.copy(path, tmp_path / path.name),
        [month.papers_of(Path(shutil.copy(file, tmp_path))) for file in files],
    )


def unmatched(session, before):
    matched = select(MatchedBankLine.bank_line_id)
    lines = select(func.count(BankLine.id)).where(BankLine.day < before)
    return session.scalar(lines.where(BankLine.id.not_in(matched)))


def is_closed(session, period):
    end = month_end_of(session, period.first)
    drafts = select(func.count(Entry.id)).where(Entry.number.is_(None), Entry.day < period.end)
    return end is not None and end.is_sealed and not session.scalar(drafts)


def test_two_months_are_closed_by_keys_and_the_second_is_left_and_taken_up_again(
    qtbot, window, open_book, canteen_book
):
    path, (september, october) = canteen_book
    workplace = open_book(path)
    who = Person(window)
    who.live(qtbot, lambda who: month.close_whole_month(who, september))
    assert who.keys < 90, (who.keys, who.screens)

    def first_half(who):
        month.come_from_today(who)
        month.take_statement(who, october.statement)
        who.press("N")
        who.press("Ctrl+Z")
        month.match_all(who)
        who.expect("75 sur 75 pointées")
        month.go_back(who)
        month.settle_pieces(who, october.invoice)

    def second_half(who):
        month.come_from_today(who)
        who.expect("3. Banque pointée · fait", "Laissé ainsi : Demandees par courriel")
        month.read_sentence(who)
        month.close_and_send(who, october.pack)
        who.press("Alt+Left")
        who.expect("mois clos")

    who.live(qtbot, first_half)
    workplace = open_book(path)  # the application was closed in between
    who = Person(window)
    who.live(qtbot, second_half)
    with workplace.desk.book.read() as session:
        assert unmatched(session, OCTOBER.end) == 0
        assert is_closed(session, SEPTEMBER)
        assert is_closed(session, OCTOBER)
        line = session.scalars(select(BankLine)).first()
        assert not statement_at(session, line.bank_account_id, OCTOBER.last).difference
        assert [str(each) for each in check_book(session)] == []
    for papers in (september, october):
        with ZipFile(papers.pack) as archive:
            assert archive.testzip() is None
            assert len(archive.namelist()) > 10

    def reopen(who):
        month.tab_to(who, "Rouvrir le mois")
        who.press("Return")
        who.press("Return")
        assert who.title == "Rouvrir le mois", "without a reason nothing opens"
        who.type("facture retrouvee")
        who.press("Return")
        who.expect("8. Clore et envoyer · à faire")

    who.live(qtbot, reopen)
    with workplace.desk.book.read() as session:
        again = month_end_of(session, OCTOBER.first)
        assert (again.turn, again.reason) == (2, "facture retrouvee")
