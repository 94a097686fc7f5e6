"""What is printed of hours, leave and volunteers."""

import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from cantine_desktop.office.catalogue import documents
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.clock_text import read_hours
from cantine_desktop.staff.hours.signing import correct_day, sign_week
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.rosters.model import AbsenceCode
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import hire, member, plain
from tests.staff.hours.team import MONDAY, away, canteen, confirm, plan_week, work

LATER = datetime(2026, 12, 2, 9, tzinfo=UTC)


@pytest.fixture
def awa(book):
    with book.action("mois") as session:
        canteen(session, Branch.ECLAT)
        who = member(session, "Awa Diop")
        hire(session, who, first=date(2026, 1, 5))
        plan_week(session, who, "9:00-17:00")
        away(session, who, AbsenceCode.PAID_LEAVE, date(2026, 11, 23), date(2026, 11, 28))
        confirm(session, now=LATER)
    return who


def printed(book, key, period):
    target = io.BytesIO()
    with book.read() as session:
        documents()[key].write(session, period, LATER, target)
    with pypdfium2.PdfDocument(target.getvalue()) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return plain(" ".join(" ".join(pages).split()))


def test_the_week_shows_plan_hours_signature_and_what_was_replaced(book, awa):
    with book.action("signature") as session:
        sign_week(session, awa, MONDAY, "A. Diop", LATER)
        correct_day(session, awa, date(2026, 11, 17), read_hours("9-18"), "réunion oubliée", LATER)
    text = printed(book, "hours-week", Period.week(MONDAY))
    assert text.count("mardi 17/11") == 2
    assert text.count("9–18") == 1
    assert text.count("9–17") == 5 + 5  # what was replaced is still there
    assert "réunion oubliée" in text
    assert "remplacé ; noté le 02/12/2026 à 10:00" in text
    assert "41 h" in text
    assert "Signée par A. Diop le 02/12/2026 : 40 h, lignes scellées." in text


@pytest.mark.usefixtures("awa")
def test_the_month_says_bands_rest_and_where_a_straddling_week_counts(book):
    text = printed(book, "hours-month", Period.month(MONDAY))
    assert "du 16/11 au 22/11" in text
    assert "5 h récupérées à 125 %" in text
    assert "Repos acquis dans le mois : 6 h 15 ; à prendre : 6 h 15." in text
    assert "5 h sur 70 h" in text
    assert "à vérifier, cité de mémoire" in text
    assert "16/11–20/11" in text


@pytest.mark.usefixtures("awa")
def test_the_variables_for_the_office_tell_who_has_no_number(book):
    text = printed(book, "payroll-variables", Period.month(MONDAY))
    assert "Sans matricule de paie : Awa Diop." in text
    assert "Congés payés" in text


@pytest.mark.usefixtures("awa")
def test_the_order_of_leave_names_who_goes_and_what_is_left(book):
    text = printed(book, "leave-order", Period.year(MONDAY))
    assert "Awa Diop 23/11/2026 28/11/2026 Congés payés oui" in text
    assert "D3141-6" in text


@pytest.mark.usefixtures("awa")
def test_attestations_and_valuation_of_volunteers(book):
    with book.action("bénévole") as session:
        chair = member(session, "Paul Roy", date(1960, 1, 2))
        hire(session, chair, Status.BOARD_MEMBER, date(2026, 1, 2), weekly_minutes=None)
        work(session, chair, date(2026, 11, 4), "18:00-20:00", LATER)
    text = printed(book, "volunteer-attestations", Period.year(MONDAY))
    assert "La Tablée atteste que Paul Roy a donné 2 h en 2026" in text
    assert "ne sont pas atteintes ici" in text
    text = printed(book, "volunteer-valuation", Period.month(MONDAY))
    assert "Conseil, gestion" in text
    assert text.count("48,08 €") == 2
    assert "24,04 €" in text
