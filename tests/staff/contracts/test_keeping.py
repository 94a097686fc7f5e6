"""Skills, papers, availabilities, wishes and balances; lists of people; what is destroyed."""

import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook
from pypdfium2 import PdfDocument
from sqlalchemy import text

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.recognising import likeliest
from cantine_desktop.exchange.running import run_import
from cantine_desktop.office.catalogue import documents, imports
from cantine_desktop.sources import sources
from cantine_desktop.staff.contracts.keeping import (
    AvailabilityFacts,
    Joined,
    PaperFacts,
    SkillFacts,
    WishFacts,
    add_availability,
    add_paper,
    add_skill,
    add_wish,
    remove_member,
    set_balance,
)
from cantine_desktop.staff.contracts.keeping_terms import (
    KEPT,
    destroy_member,
    kept_until,
    past_their_term,
)
from cantine_desktop.staff.contracts.model import (
    AvailabilityKind,
    BalanceKind,
    SkillKind,
    StaffMember,
    Status,
)
from cantine_desktop.staff.contracts.queries import card_of, team
from cantine_desktop.staff.contracts.register import every_line, write_waiting
from cantine_desktop.storage import attachments
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import NOW, TODAY, hire, member, plain

PAPER = Joined(b"%PDF-1.7 diploma", "diplome.pdf", "application/pdf")


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (AvailabilityFacts(AvailabilityKind.WEEKLY), "quel jour"),
        (AvailabilityFacts(AvailabilityKind.EXCEPTIONAL, first=TODAY), "de quel jour"),
        (AvailabilityFacts(AvailabilityKind.WEEKLY, 7), "lundi"),
        (AvailabilityFacts(AvailabilityKind.WEEKLY, 1, start=600, finish=600), "début"),
        (AvailabilityFacts(AvailabilityKind.SCHOOL, first=TODAY, end=TODAY), "avant de commencer"),
    ],
)
def test_an_availability_that_cannot_be_is_refused(session, facts, words):
    with pytest.raises(UserError, match=words):
        add_availability(session, member(session), facts)


def test_nobody_is_available_while_at_school(session):
    facts = AvailabilityFacts(
        AvailabilityKind.SCHOOL, 0, date(2026, 9, 1), date(2027, 7, 1), is_available=True
    )
    assert not add_availability(session, member(session), facts).is_available


@pytest.mark.parametrize("weight", [0, 6])
def test_a_wish_weighs_from_one_to_five(session, weight):
    with pytest.raises(UserError, match="1 à 5"):
        add_wish(session, member(session), WishFacts(1, weight=weight))


def test_a_card_tells_availabilities_wishes_and_balances_in_words(session):
    who = member(session)
    school = AvailabilityFacts(AvailabilityKind.SCHOOL, 0, date(2026, 9, 1), date(2027, 7, 1))
    add_availability(session, who, school)
    add_wish(session, who, WishFacts(4, 18 * 60, 22 * 60 + 30, is_wanted=False, weight=3))
    set_balance(session, who, BalanceKind.LEAVE, TODAY, 0)
    set_balance(session, who, BalanceKind.LEAVE, TODAY, 1250)
    set_balance(session, who, BalanceKind.RECOVERY, TODAY, -90)
    card = card_of(session, who, TODAY)
    assert [plain(line.words) for line in (*card.availabilities, *card.wishes, *card.balances)] == [
        "École ou CFA, lundi, du 01/09/2026 au 30/06/2027, pas disponible",
        "Préfère éviter : vendredi, de 18 h à 22 h 30, poids 3 sur 5",
        "Congés payés (jours) : 12,5 au 23/11/2026",
        "À récupérer (heures) : −1 h 30 au 23/11/2026",
    ]


def test_a_paper_that_is_joined_came_and_is_read_again(book):
    with book.action("papier") as session:
        who = member(session)
        paper = add_paper(session, who, PaperFacts("Diplôme", date(2026, 12, 1)), NOW, PAPER)
        skill = add_skill(session, who, SkillFacts(SkillKind.HYGIENE), NOW, PAPER)
        keys = paper.attachment_id, skill.attachment_id
        assert paper.received_on == TODAY
    with book.read() as session:
        contents = [attachments.read(session, session.get_one(Attachment, key)) for key in keys]
    assert contents == [PAPER.content, PAPER.content]


def test_a_skill_cannot_end_before_it_began_nor_begin_tomorrow(session):
    who = member(session)
    backwards = SkillFacts(SkillKind.CASH, "", TODAY, TODAY - timedelta(days=1))
    for facts, words in (
        (backwards, "finit avant"),
        (SkillFacts(SkillKind.CASH, "", TODAY + timedelta(days=1)), "à venir"),
    ):
        with pytest.raises(UserError, match=words):
            add_skill(session, who, facts, NOW)


def test_a_person_with_a_contract_is_not_taken_away(session):
    who, other = member(session), member(session, "Erreur")
    hire(session, who)
    with pytest.raises(UserError, match="dernier jour"):
        remove_member(session, who)
    remove_member(session, other)
    assert [row.name for row in team(session, TODAY)] == ["Malik Benali"]


LIST = (
    "Nom;Prénom;Naissance;Sexe;Nationalité;Courriel\n"
    "Benali;Malik;04/05/1991;M;française;malik@example.org\n"
    "Muller;Anne;12/02/1979;F;française;\n"
)


def test_a_list_of_people_is_taken_in_once_and_names_its_mistakes(book):
    def take(content):
        return run_import(book, imports()["staff-people"], io.BytesIO(content.encode()))

    report = take(LIST)
    assert (report.added, report.unchanged, report.problems) == (2, 0, ())
    report = take(LIST)
    assert (report.added, report.unchanged) == (0, 2)
    report = take(LIST + "Weiss;Solène;31/02/1960;F;française;\nRoth;Léo;;;;léo\n")
    assert [problem.line for problem in report.problems] == [4, 5]
    with book.read() as session:
        assert [row.name for row in team(session, TODAY)] == ["Benali Malik", "Muller Anne"]


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_of_people_is_recognised_taken_in_and_undone_in_one_step(book):
    content = workbook([
        ["Nom", "Prénom", "Date de naissance", "Nationalité", "Téléphone", "Courriel"],
        ["Benali", "Malik", date(1991, 5, 4), "française", "01 99 00 12 02", "m@example.org"],
        ["Muller", "Anne", "12/02/1979", "française", None, None],
    ])
    kinds = [each for each in imports().values() if ".xlsx" in each.suffixes]
    kind = kinds[likeliest(kinds, content)]
    assert (kind.key, len(kinds) > 1) == ("staff-people", True)
    report = run_import(book, kind, io.BytesIO(content))
    assert (report.added, report.problems) == (2, ())
    with book.read() as session:
        assert [row.name for row in team(session, TODAY)] == ["Benali Malik", "Muller Anne"]
    book.undo()
    with book.read() as session:
        assert not team(session, TODAY)


def test_a_workbook_with_mistakes_tells_all_of_them_and_keeps_nobody(book):
    content = workbook([
        ["Nom", "Naissance", "Sexe", "Courriel"],
        ["Benali", date(1991, 5, 4), "M", ""],
        [None, "04/05/1991", "F", ""],
        ["Roth", "hier", "X", ""],
        ["Weiss", "", "", "sans arobase"],
    ])
    report = run_import(book, imports()["staff-people"], io.BytesIO(content))
    assert [(each.line, each.column) for each in report.problems] == [
        (3, "Nom"),
        (4, "Naissance"),
        (4, "Sexe"),
        (5, "Nom"),
    ]
    with book.read() as session:
        assert not team(session, TODAY)


def test_the_paper_on_data_names_a_source_for_each():
    assert {each.source for each in KEPT} <= set(sources())


def printed(book, key):
    target = io.BytesIO()
    with book.read() as session:
        documents()[key].write(session, Period.year(TODAY), NOW, target)
    pages = PdfDocument(target.getvalue())
    return plain(" ".join(page.get_textpage().get_text_range() for page in pages))


@pytest.mark.parametrize(
    ("key", "empty", "full"),
    [
        ("arrival-sheets", "Personne n’arrive", "Déclaration préalable à l’embauche"),
        ("employer-duties", "Aucune obligation ne tombe", "art. R4624-10"),
        ("staff-data-kept", "Registre unique du personnel", "5 ans après le départ"),
    ],
)
def test_the_papers_of_the_team_say_what_there_is_and_that_there_is_nothing(book, key, empty, full):
    assert empty in " ".join(printed(book, key).split())
    with book.action("embauche") as session:
        hire(session, member(session))
    assert full in " ".join(printed(book, key).split())


@pytest.fixture
def gone(book):
    """Write somebody who left on 30 June 2021, with a paper and a register line."""
    with book.action("départ") as session:
        who = member(session)
        hire(session, who, Status.FIXED_TERM, date(2020, 1, 6), date(2021, 7, 1))
        add_paper(session, who, PaperFacts("Diplôme"), NOW, PAPER)
        hire(session, member(session, "Anne Muller"), first=date(2020, 2, 3))
    with book.action("Registre") as session:
        write_waiting(session, NOW)
    return who


def test_what_is_known_of_somebody_goes_five_years_after_the_last_day(book, gone):
    with book.read() as session:
        assert kept_until(session.get_one(StaffMember, gone)) == date(2026, 7, 1)
        assert past_their_term(session, date(2026, 6, 30)) == []
        assert [each.id for each in past_their_term(session, date(2026, 7, 1))] == [gone]
    early = datetime(2026, 6, 30, 9, tzinfo=NOW.tzinfo)
    with pytest.raises(UserError, match="30/06/2026"), book.action("trop tôt") as session:
        destroy_member(session, gone, "AM", early)
    with book.action("Fiche détruite", undoable=False) as session:
        destroy_member(session, gone, "AM", NOW)
    with book.read() as session:
        assert [line.name for line in every_line(session)] == ["Anne Muller"]
        assert list(verify(session)) == []
        every = session.execute(text("SELECT coalesce(before,'')||coalesce(after,'') FROM change"))
        assert not [row for (row,) in every if "Benali" in row]
        assert session.execute(text("SELECT count(*) FROM content")).scalar_one() == 0


def test_who_is_still_there_is_never_destroyed(session):
    who = member(session)
    hire(session, who, first=date(2000, 1, 3))
    with pytest.raises(UserError, match="aucun départ"):
        destroy_member(session, who, "AM", NOW)
