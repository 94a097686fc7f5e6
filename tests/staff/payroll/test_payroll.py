"""What the payroll office is told: figures worked out by hand, each traced to its days."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cantine_desktop.errors import UserError
from cantine_desktop.office.catalogue import exports
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.counters import month_counts
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.payroll.keeping import set_code, set_extra, set_number
from cantine_desktop.staff.payroll.layouts import layouts, mapping_of
from cantine_desktop.staff.payroll.model import ExtraKind
from cantine_desktop.staff.payroll.variables import titles, variables_of
from cantine_desktop.staff.rosters.model import AbsenceCode
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import hire, member, plain
from tests.staff.hours.team import away, canteen, work, work_week

LATER = datetime(2026, 12, 2, 9, tzinfo=UTC)
NOVEMBER = Period.month(date(2026, 11, 1))


@pytest.fixture
def awa(book):
    with book.action("mois") as session:
        canteen(session, Branch.HCR)
        who = member(session, "Awa Diop")
        hire(session, who, first=date(2025, 6, 1))
        set_number(session, who, "0042")
        # Monday 2 to Friday 6: 45 h, of which 10, 20 and 50 %; then a week of leave, 11th off
        work_week(session, who, "9:00-18:30 p30", date(2026, 11, 2))
        away(session, who, AbsenceCode.PAID_LEAVE, date(2026, 11, 9), date(2026, 11, 15))
        work(session, who, date(2026, 11, 17), "9:30-14:10 18:00-23:00", LATER)
        set_extra(session, who, date(2026, 11, 1), ExtraKind.MEALS, 6)
        set_extra(session, who, date(2026, 11, 1), ExtraKind.ADVANCE, Money(150_00))
    return who


def lines(session):
    (person,) = variables_of(session, NOVEMBER, LATER)
    return {each.key: each for each in person.variables}


def exported(book, key):
    target = io.BytesIO()
    export = exports()[key]
    with book.read() as session:
        export.write(session, NOVEMBER, LATER, target)
    return target.getvalue()


def sheet(book, key):
    text = exported(book, key).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.usefixtures("awa")
def test_each_figure_is_what_the_hand_finds(book):
    with book.read() as session:
        found = lines(session)
    # 45 h, and 9 h 40 on the 17th
    assert (found["hours"].minutes, found["hours"].amount) == (3280, Decimal("54.67"))
    assert found["days"].amount == 6
    assert [found[f"overtime-{share}"].minutes for share in (10, 20, 50)] == [240, 240, 120]
    assert found["night"].minutes == 60
    assert found["split-days-2h"].days == (date(2026, 11, 17),)
    assert found["contingent"].minutes == 600
    assert found["meals"].amount == 6
    assert found["advance"].amount == Decimal(150)
    leave = found["absence-CP"]
    # Monday to Saturday less the 11th: 5 days; Monday to Friday: 4 days of 7 h
    assert plain(leave.note) == "5 j ouvrables, 4 j ouvrés"
    assert leave.minutes == 4 * 7 * 60


@pytest.mark.usefixtures("awa")
def test_every_line_in_hours_is_the_sum_of_its_trace(book):
    with book.read() as session:
        (person,) = variables_of(session, NOVEMBER, LATER)
        (count,) = month_counts(session, NOVEMBER, LATER)
    traced = [each for each in person.variables if each.trace]
    assert {"hours", "night", "overtime-10", "absence-CP"} <= {each.key for each in traced}
    for each in traced:
        assert sum(minutes for _day, minutes in each.trace) == each.minutes
    worked = next(each for each in traced if each.key == "hours")
    assert dict(worked.trace) == {each.day: each.minutes for each in count.days}
    bands = next(each for each in traced if each.key == "overtime-10")
    assert bands.days == tuple(date(2026, 11, day) for day in range(2, 7))


@pytest.mark.usefixtures("awa")
def test_the_generic_sheet_opens_in_a_french_spreadsheet(book):
    assert exported(book, "payroll-generic").startswith("\ufeffmatricule;nom;rubrique".encode())
    rows = {row["rubrique"]: row for row in sheet(book, "payroll-generic")}
    assert rows["overtime-10"]["quantité"] == "4,00"
    assert rows["overtime-10"]["matricule"] == "0042"
    assert rows["absence-CP"]["du"] == "09/11/2026"
    assert rows["absence-CP"]["au"] == "15/11/2026"
    assert rows["night"]["jours"] == "17/11"


@pytest.mark.usefixtures("awa")
def test_silae_reads_a_number_and_a_code_that_the_canteen_changes(book):
    rows = sheet(book, "payroll-silae")
    assert list(rows[0]) == ["matricule", "rubrique", "quantité", "du", "au"]
    assert {row["rubrique"] for row in rows} >= {"HS-HS10", "HS-HS20", "HS-HS50", "AB-300"}
    assert "hours" not in {row["rubrique"] for row in rows}
    with book.action("codes") as session:
        set_code(session, "silae", "overtime-10", "HS-110")
        set_code(session, "silae", "night", "")
        set_code(session, "silae", "hours", "HTRAV")
    codes = {row["rubrique"]: row["quantité"] for row in sheet(book, "payroll-silae")}
    assert codes["HS-110"] == "4,00"
    assert codes["HTRAV"] == "54,67"
    assert "HN" not in codes
    with book.read() as session:
        own = {each.variable for each in mapping_of(session, "silae") if each.is_own}
    assert own == {"overtime-10", "night", "hours"}


@pytest.mark.usefixtures("awa")
def test_an_office_that_reads_minutes_gets_minutes(book):
    rows = {row["rubrique"]: row for row in sheet(book, "payroll-bodet")}
    assert rows["hours"]["quantité"] == "54:40"


@pytest.mark.usefixtures("awa")
def test_the_workbook_holds_the_days_of_every_figure(book):
    workbook = load_workbook(io.BytesIO(exported(book, "payroll-workbook")))
    variables, days = workbook.worksheets
    amounts = {row[2].value: row[4].value for row in variables.iter_rows(min_row=5) if row[2].value}
    assert amounts["hours"] == pytest.approx(54.67)
    minutes = sum(row[5].value for row in days.iter_rows(min_row=5) if row[2].value == "hours")
    assert minutes == 3280


def test_a_number_belongs_to_one_person(book, awa):
    with book.action("autre") as session:
        other = member(session, "Bo")
        with pytest.raises(UserError, match="Awa Diop a déjà le matricule 0042"):
            set_number(session, other, "0042")
        set_number(session, awa, "")
        set_number(session, other, "0042")


@pytest.mark.usefixtures("awa")
def test_who_is_not_paid_here_is_left_out_and_a_trainee_is_told_by_the_hour(book):
    with book.action("autres") as session:
        civic = member(session, "Inès", date(2004, 1, 2))
        hire(session, civic, Status.CIVIC_SERVICE, date(2026, 9, 1), date(2027, 5, 1))
        trainee = member(session, "Théo", date(2004, 1, 3))
        hire(session, trainee, Status.TRAINEE, date(2026, 11, 16), date(2027, 2, 1))
        work(session, trainee, date(2026, 11, 17), "9-16 p60", LATER)
        people = {each.name: each for each in variables_of(session, NOVEMBER, LATER)}
    assert set(people) == {"Awa Diop", "Théo"}
    found = {each.key: each for each in people["Théo"].variables}
    assert found["hours"].minutes == 360
    assert found["entry"].note == "16/11/2026"
    assert "leave-left" not in found


def test_eclat_gives_points_to_a_contract_below_24_hours_alone(book):
    with book.action("équipe") as session:
        canteen(session, Branch.ECLAT)
        for name, hours in (("Ana", 23), ("Bo", 24), ("Cy", 35)):
            who = member(session, name)
            hire(session, who, first=date(2025, 6, 1), weekly_minutes=hours * 60)
        people = {each.name: each.variables for each in variables_of(session, NOVEMBER, LATER)}
    points = {
        name: [each.amount for each in own if each.key == "part-time-points"]
        for name, own in people.items()
    }
    assert points == {"Ana": [8], "Bo": [], "Cy": []}
    (line,) = (each for each in people["Ana"] if each.key == "part-time-points")
    assert "de mémoire" in plain(line.note)


def test_no_points_are_told_where_another_agreement_applies(book, awa):
    with book.action("temps partiel") as session:
        who = member(session, "Ana")
        hire(session, who, first=date(2025, 6, 1), weekly_minutes=20 * 60, short_reason="étudiante")
        keys = {
            each.key
            for person in variables_of(session, NOVEMBER, LATER)
            for each in person.variables
        }
    assert awa
    assert "part-time-points" not in keys


def test_a_placement_of_more_than_two_months_is_paid_by_the_hour_of_presence(book):
    with book.action("stages") as session:
        canteen(session)
        for name, end in (("Court", date(2026, 12, 16)), ("Long", date(2026, 12, 18))):
            who = member(session, name)
            hire(session, who, Status.TRAINEE, date(2026, 10, 17), end)
            work(session, who, date(2026, 11, 17), "9-16 p60", LATER)
        people = {each.name: each.variables for each in variables_of(session, NOVEMBER, LATER)}
    gratified = {
        name: [each.minutes for each in own if each.key == "gratified"]
        for name, own in people.items()
    }
    assert gratified == {"Court": [], "Long": [360]}


def test_rest_of_24_hours_at_eclat_is_told_to_be_taken_in_the_month_after(book):
    with book.action("heures") as session:
        canteen(session, Branch.ECLAT)
        who = member(session, "Awa Diop")
        hire(session, who, first=date(2025, 6, 1))
        for monday in (date(2026, 11, 2), date(2026, 11, 9)):
            work_week(session, who, "9:00-18:30 p30", monday)
        found = lines(session)
    assert found["rest-left"].minutes == 26 * 60
    assert "mois civil qui suit" in plain(found["rest-left"].note)


def test_extras_that_cannot_be_are_refused_and_nothing_takes_them_away(book, awa):
    with book.action("éléments") as session:
        with pytest.raises(UserError, match="positif"):
            set_extra(session, awa, date(2026, 11, 1), ExtraKind.MEALS, -1)
        with pytest.raises(UserError, match="se comptent"):
            set_extra(session, awa, date(2026, 11, 1), ExtraKind.MEALS, Money(100))
        set_extra(session, awa, date(2026, 11, 1), ExtraKind.MEALS, None)
        set_extra(session, awa, date(2026, 11, 1), ExtraKind.COMMENT, None, "augmentation au 1er")
        found = lines(session)
    assert "meals" not in found
    assert found["comment"].note == "augmentation au 1er"


def test_every_code_of_every_layout_is_a_variable_there_is():
    for layout in layouts().values():
        assert set(layout.codes) - {"*"} <= set(titles())
