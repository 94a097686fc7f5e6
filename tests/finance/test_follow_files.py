"""A budget comes from a spreadsheet and goes back; papers say what screens say."""

import csv
import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.files import EXPORTS, read_budget
from cantine_desktop.finance.budget.following import follow
from cantine_desktop.finance.budget.pasting import paste_lines
from cantine_desktop.finance.grants.files import EXPORTS as GRANT_EXPORTS
from cantine_desktop.finance.grants.following import followed_grants
from cantine_desktop.finance.grants.report import write_report
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import find_year, open_year
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.finance.statements.files import EXPORTS as STATEMENT_EXPORTS
from cantine_desktop.office.catalogue import documents
from cantine_desktop.office.demo_budget import write_budget
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP, NNBSP
from tests.conftest import NOW

TODAY = date(2026, 11, 22)
YEAR = Period.year(TODAY)


def planned(session):
    lines = follow(session, find_year(session, TODAY), TODAY).lines
    return {(line.nature, line.label): line.planned.cents for line in lines}


def test_a_table_is_pasted_whatever_stands_around_it(book):
    block = [
        ["Budget 2026", "", ""],
        ["Compte", "Libellé", "Montant"],
        ["601", "Denrées", f"19{NNBSP}200,50 €"],
        ["", "Total des charges", "19 200,50"],
        ["7060", "Repas", *["1000"] * 12],
        ["613", "Loyer", "8.400,00"],
    ]
    with book.action("collé") as session:
        year = open_year(session, YEAR)
        assert paste_lines(session, year, block, TODAY) == (3, 0)
        assert planned(session) == {
            ("601", "Denrées"): 19_200_50,
            ("613", "Loyer"): 8_400_00,
            ("7060", "Repas"): 12_000_00,
        }
        again = [["601", "Denrées", "20000"]]
        assert paste_lines(session, year, again, TODAY) == (0, 1)
        assert paste_lines(session, year, again, TODAY) == (0, 0)
        with pytest.raises(UserError, match="Rien à coller"):
            paste_lines(session, year, [["bonjour"]], TODAY)


def test_the_budget_goes_out_and_comes_back_the_same(book):
    with book.action("budget") as session:
        open_year(session, YEAR)
        write_budget(session, TODAY)
        before = planned(session)
        target = io.BytesIO()
        EXPORTS[0].write(session, YEAR, NOW, target)
    with book.action("retour") as session:
        report = read_budget(session, io.BytesIO(target.getvalue()), NOW)
        assert (report.added, report.changed, report.problems) == (0, 0, ())
        assert report.unchanged == len(before)
        assert planned(session) == before


def test_a_file_that_plans_for_an_unknown_activity_says_where(book):
    wrong = "comptes;libellé;activité;budget\n601;Denrées;LUNE;100\n"
    with book.action("fichier") as session:
        open_year(session, YEAR)
        report = read_budget(session, io.BytesIO(wrong.encode()), NOW)
        (problem,) = report.problems
        assert (problem.line, problem.column) == (2, "activité")
        good = "comptes;libellé;budget\n601;Denrées;1200,00\n"
        assert read_budget(session, io.BytesIO(good.encode()), NOW).added == 1
        assert planning.planned_by_nature(session, find_year(session, TODAY)) == {
            "601": Money(1_200_00)
        }


@pytest.fixture
def told(book):
    """Return a book whose board decided, and that served once."""
    with book.action("année") as session:
        open_year(session, YEAR)
        parts = {(Means.CASH, Purpose.MEALS): Money(250_00)}
        facts = TakingsFacts(
            date(2026, 10, 6), "Déjeuner", parts, 20, tally={Money(10_00): 10, Money(15_00): 10}
        )
        post_takings(session, facts, NOW)
        lines = (debit("601000", Money(90_00)), credit("512000", Money(90_00)))
        post(session, DraftEntry("OD", date(2026, 10, 7), "Denrées", "D", lines))
        write_budget(session, TODAY)
    return book


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return words.replace(NNBSP, " ").replace(NBSP, " "), len(document)


@pytest.mark.parametrize(
    ("key", "pages", "said"),
    [
        ("budget-report", 2, "Réel + budget restant"),
        ("statements", 3, "Excédent ou déficit"),
        ("treasury-report", 1, "mois de dépenses"),
        ("grants-list", 1, "compte rendu dans 25 jours"),
        ("board-sheet", 2, "Décisions à prendre"),
    ],
)
def test_each_paper_says_what_it_is_for_in_as_many_pages(told, key, pages, said):
    target = io.BytesIO()
    period = Period.month(date(2026, 10, 1)) if key == "board-sheet" else YEAR
    with told.read() as session:
        documents()[key].write(session, period, NOW, target)
    words, count = words_of(target.getvalue())
    assert said in words
    assert count == pages


def test_the_report_of_a_grant_holds_what_the_form_asks(told):
    target = io.BytesIO()
    with told.read() as session:
        grant = followed_grants(session, TODAY)[0]
        write_report(session, grant.key, datetime(2026, 11, 22, tzinfo=UTC), target)
    words, _count = words_of(target.getvalue())
    for part in ("1. Bilan qualitatif", "2. Indicateurs", "3. Tableau de synthèse", "3 000,00"):
        assert part in words


def test_papers_of_an_empty_book_say_that_there_is_nothing(book):
    with book.action("exercice") as session:
        open_year(session, YEAR)
    for key in ("budget-report", "statements", "treasury-report", "grants-list", "board-sheet"):
        target = io.BytesIO()
        with book.read() as session:
            documents()[key].write(session, YEAR, NOW, target)
        assert target.getvalue().startswith(b"%PDF")


def written(export, session):
    target = io.BytesIO()
    export.write(session, YEAR, NOW, target)
    return list(csv.DictReader(io.StringIO(target.getvalue().decode("utf-8"))))


def test_the_result_and_the_balance_sheet_go_out_with_the_accounts_behind_them(book):
    with book.action("écrire") as session:
        lines = (debit("512100", Money(25_000)), credit("706000", Money(25_000), activity="REPAS"))
        post(session, DraftEntry("OD", TODAY, "Repas", "R1", lines))
    with book.read() as session:
        exports = {each.key: each for each in STATEMENT_EXPORTS}
        meals = [r for r in written(exports["result"], session) if r["compte"] == "706000"]
        assert [row["exercice"] for row in meals] == ["250.00"]
        sheet = written(exports["balance-sheet"], session)
        total = {
            side: sum(float(r[col] or 0) for r in sheet if r["côté"] == side and r["compte"])
            for side, col in (("actif", "net"), ("passif", "brut"))
        }
        assert total["actif"] == 250
        bank = [row for row in sheet if row["compte"] == "512100"]
        assert [(row["côté"], row["net"]) for row in bank] == [("actif", "250.00")]


def test_grants_go_out_with_what_is_left_to_receive(book):
    with book.action("écrire") as session:
        write_budget(session, TODAY)
    with book.read() as session:
        (export,) = GRANT_EXPORTS
        rows = written(export, session)
        known = followed_grants(session, TODAY)
        assert rows
        assert {row["financeur"] for row in rows} <= {grant.funder for grant in known}
        assert all(row["état"] for row in rows)
