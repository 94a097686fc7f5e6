"""Who came, and anonymous slips: counts that are missing, shares that are few, papers."""

import io
from datetime import date, datetime

import pikepdf
import pytest
from sqlalchemy import select

from cantine_desktop.canteen.notes import note_day
from cantine_desktop.errors import UserError
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.meals.closing.model import ClosingHeard, Heard, ServiceClosing
from cantine_desktop.meals.forecast.coming import coming
from cantine_desktop.meals.forecast.files import forecast_table, tried_table
from cantine_desktop.meals.forecast.sheets import write_forecast
from cantine_desktop.meals.visits.attendance import attendance, visits_of
from cantine_desktop.meals.visits.checks import check
from cantine_desktop.meals.visits.files import slip_table, visit_table
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.meals.visits.notes import drop_note, notes_of
from cantine_desktop.meals.visits.sheets import DOCUMENTS
from cantine_desktop.meals.visits.slips import ANSWERS, counts_of, results, set_count
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.meals.attendance import fill, history, plan

TODAY = NOW.date()
YEAR = Period(date(2025, 12, 1), date(2026, 12, 1))
NOVEMBER = date(2026, 11, 1)


def act(book, verb, *arguments):
    with book.action("Agir") as session:
        return verb(session, *arguments)


def test_a_month_and_a_weekday_hold_the_mean_of_their_services(any_book):
    past = history(TODAY, weeks=12)
    fill(any_book, past)
    with any_book.read() as session:
        found = attendance(session, YEAR)
    tuesdays = [
        each.diners
        for each in past
        if each.slot.day.weekday() == 1 and each.slot.day.replace(day=1) == NOVEMBER
    ]
    cell = found.cells[1, NOVEMBER]
    assert (cell.diners, cell.services) == (sum(tuesdays), len(tuesdays))
    assert cell.mean == sum(tuesdays) / len(tuesdays)
    assert found.diners == sum(each.diners for each in past)
    assert found.weekdays == (1, 2, 3, 4)
    assert len(found.months) == 12
    assert (0, NOVEMBER) not in found.cells


def test_an_empty_book_has_no_mean_and_no_share(any_book):
    with any_book.read() as session:
        found = attendance(session, YEAR)
    assert (found.mean, found.newcomers.rate, found.cooks.rate) == (None, None, None)
    assert found.heard == ()


def test_a_share_leaves_out_services_where_nobody_counted(book):
    past = history(TODAY, weeks=2)
    fill(book, past)
    with book.action("Oublier") as session:
        row = session.scalars(select(ServiceClosing)).first()
        missing = row.diners
        row.newcomers = None
    with book.read() as session:
        found = attendance(session, YEAR)
    assert found.newcomers.services == len(past) - 1
    assert found.newcomers.diners == found.diners - missing
    assert found.cooks.services == len(past)


def test_a_corrected_closing_counts_once_as_corrected(book):
    fill(book, history(TODAY, weeks=1))
    with book.action("Corriger") as session:
        old = session.scalars(select(ServiceClosing)).first()
        takings = session.scalars(select(Takings)).one()
        service, key = old.service_id, old.id
        session.add(
            ServiceClosing(
                service_id=service,
                mode=old.mode,
                diners=99,
                takings_id=takings.id,
                corrects_id=key,
            )
        )
    with book.read() as session:
        found = [each for each in visits_of(session, YEAR) if each.service == service]
    assert [each.diners for each in found] == [99]


def test_how_newcomers_heard_is_added_up_without_drafts(book):
    fill(book, history(TODAY, weeks=1))
    with book.action("Dire") as session:
        first, second, *_ = session.scalars(select(ServiceClosing)).all()
        first.heard += [ClosingHeard(heard=Heard.FRIEND, count=2)]
        second.heard += [
            ClosingHeard(heard=Heard.FRIEND, count=1),
            ClosingHeard(heard=Heard.PRESS, count=4),
        ]
        draft = ServiceClosing(service_id=first.service_id, mode=first.mode)
        draft.heard += [ClosingHeard(heard=Heard.OTHER, count=50)]
        session.add(draft)
    with book.read() as session:
        assert attendance(session, YEAR).heard == ((Heard.PRESS, 4), (Heard.FRIEND, 3))


def test_slips_are_counted_by_month_and_shares_wait_for_enough_of_them(any_book):
    for answer, count in ((("age", "18-29"), 6), (("age", "75-up"), 3)):
        act(any_book, set_count, date(2026, 11, 19), answer, count)
    with any_book.read() as session:
        age = results(session, YEAR)[0]
        assert (age.n, age.tells, age.share("18-29")) == (9, False, None)
        assert counts_of(session, NOVEMBER) == {("age", "18-29"): 6, ("age", "75-up"): 3}
    act(any_book, set_count, date(2026, 10, 2), ("age", "18-29"), 3)
    with any_book.read() as session:
        age = results(session, YEAR)[0]
        assert (age.n, age.share("18-29")) == (12, 0.75)
        assert sum(count for _, count in age.counts) == age.n


def test_a_count_is_replaced_emptied_and_refused(any_book):
    act(any_book, set_count, NOVEMBER, ("distance", "near"), 4)
    act(any_book, set_count, NOVEMBER, ("distance", "near"), 5)
    with any_book.read() as session:
        assert counts_of(session, NOVEMBER) == {("distance", "near"): 5}
    act(any_book, set_count, NOVEMBER, ("distance", "near"), None)
    with any_book.read() as session:
        assert counts_of(session, NOVEMBER) == {}
    for answer, count in ((("age", "18-29"), -1), (("age", "18-29"), 10_000), (("name", "x"), 1)):
        with pytest.raises(UserError):
            act(any_book, set_count, NOVEMBER, answer, count)


def test_nothing_of_a_slip_can_be_tied_to_a_day_or_to_another_answer(book):
    for answer in ANSWERS:
        act(book, set_count, date(2026, 11, 19), answer, 1)
    columns = set(SlipCount.__table__.columns.keys())
    assert columns == {"id", "month", "question", "answer", "count"}
    with book.read() as session:
        assert {row.month for row in session.scalars(select(SlipCount))} == {NOVEMBER}
        assert list(check(session)) == []


def test_a_check_finds_counts_of_a_day_and_of_unknown_answers(book):
    with book.action("Abîmer") as session:
        session.add(SlipCount(month=date(2026, 11, 3), question="age", answer="x", count=1))
    with book.read() as session:
        assert len(list(check(session))) == 2


def test_notes_of_days_are_kept_and_taken_off(any_book):
    note = act(any_book, lambda session: note_day(session, TODAY, " Nouvelle affiche "))
    with pytest.raises(UserError):
        act(any_book, note_day, TODAY, "   ")
    with any_book.read() as session:
        assert [each.words for each in notes_of(session, YEAR)] == ["Nouvelle affiche"]
        key = notes_of(session, YEAR)[0].id
    assert note is not None
    act(any_book, drop_note, key)
    act(any_book, drop_note, key)
    with any_book.read() as session:
        assert notes_of(session, YEAR) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=[each.key for each in DOCUMENTS])
@pytest.mark.parametrize("is_full", [False, True], ids=["empty", "full"])
def test_every_paper_prints_full_or_empty(book, document, is_full):
    if is_full:
        fill(book, history(TODAY, weeks=60))
        act(book, note_day, TODAY, "Canicule")
        for answer in ANSWERS:
            act(book, set_count, NOVEMBER, answer, 7)
    assert pages(book, document.write, YEAR) >= 1


def test_the_forecast_prints_and_exports_full_or_empty(book):
    assert pages(book, write_forecast, Period.week(TODAY)) == 1
    fill(book, history(TODAY, weeks=60))
    plan(book, [date(2026, 11, 24), date(2026, 11, 26)])
    assert pages(book, write_forecast, Period.week(date(2026, 11, 24))) == 1
    with book.read() as session:
        assert len(coming(session, NOW)) == 2
        rows = list(forecast_table(session, Period.week(date(2026, 11, 24)), NOW).rows)
        tried = list(tried_table(session, YEAR, NOW).rows)
    assert [row[0] for row in rows] == [date(2026, 11, 24), date(2026, 11, 26)]
    assert len(tried) > 150


def test_only_services_to_come_are_forecast_on_paper(book):
    fill(book, history(TODAY, weeks=60))
    plan(book, [date(2026, 11, 24)])
    with book.read() as session:
        found = coming(session, NOW, YEAR)
    assert [each.service.day for each in found] == [date(2026, 11, 24)]


def test_tables_tell_what_nobody_counted_as_empty(book):
    fill(book, history(TODAY, weeks=1))
    act(book, set_count, NOVEMBER, ("heard", "friend"), 12)
    with book.read() as session:
        table = visit_table(session, YEAR, NOW)
        slips = list(slip_table(session, YEAR, NOW).rows)
    row = next(iter(table.rows))
    assert len(row) == len(table.headings)
    assert row[list(table.headings).index("enfants")] is None
    assert slips == [[NOVEMBER, "Connue", "Par quelqu’un", 12]]


def pages(book, write, period):
    target = io.BytesIO()
    with book.read() as session:
        write(session, period, datetime.fromisoformat("2026-11-22T08:00:00+00:00"), target)
    with pikepdf.open(target) as pdf:
        return len(pdf.pages)
