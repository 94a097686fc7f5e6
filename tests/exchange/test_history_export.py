"""The history leaves the book as a sheet, without the values it guards."""

import io
from datetime import UTC, date, datetime

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.exchange.trail import EXPORTS
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period

(HISTORY,) = EXPORTS


def written(book, write, period):
    target = io.BytesIO()
    with book.read() as session:
        write(session, period, book.clock(), target)
    return target.getvalue().decode("utf-8-sig").splitlines()


def test_it_says_who_did_what_and_when_and_what_was_taken_back(book):
    book.actor = Actor("Cuisine, Marie")
    with book.action("Installer") as session:
        session.add_all([Canteen(name="Quai secret"), Canteen(name="Deux")])
    book.undo()
    lines = written(book, HISTORY.write, Period.month(date(2026, 11, 22)))
    assert lines[0] == "numero,instant,profil,action,annule,lignes"
    assert lines[1] == '1,2026-11-22T08:30:00+01:00,"Cuisine, Marie",Installer,,2'
    assert lines[2].startswith('2,2026-11-22T08:30:00+01:00,"Cuisine, Marie",')
    assert lines[2].endswith(",1,2")
    assert "secret" not in "".join(lines)
    excel = written(book, HISTORY.write_excel, Period.month(date(2026, 11, 22)))
    assert excel[1] == "1;22/11/2026 08:30;Cuisine, Marie;Installer;;2"


def test_a_day_starts_at_midnight_where_the_canteen_stands(book):
    book.clock = lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # 1 July, 00:30 in Paris
    with book.action("Tard") as session:
        session.add(Canteen(name="Quai"))
    assert len(written(book, HISTORY.write, Period.month(date(2026, 7, 1)))) == 2
    assert len(written(book, HISTORY.write, Period.month(date(2026, 6, 1)))) == 1
