"""What the accountant corrected in the FEC is found, and taken in as reversals and drafts."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.running import run_import
from cantine_desktop.finance.chart.numbering import shipped_accounts
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.balances import balances, net_of
from cantine_desktop.finance.ledger.locking import lock
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    Party,
    PartyKind,
)
from cantine_desktop.finance.ledger.queries import party_balances
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.pack.correcting import (
    read_correction,
    take_correction,
)
from cantine_desktop.finance.pack.files import IMPORTS
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.finance.transfer import telling
from cantine_desktop.finance.transfer.diffing import Kind, compare
from cantine_desktop.finance.transfer.lines import FlatLine
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.finance.test_pack import DAY, OCTOBER, fill, validate

TOOLS = next(a.title for a in shipped_accounts() if a.number == "606300").replace("’", "'")
IMPORTER = next(each for each in IMPORTS if each.key == "accountant-fec")


def moved(text, number, other, title):
    """Return a FEC with an account in place of another."""
    before = next(x for x in text.split("\r\n") if f"\t{number}\t" in x).split("\t")[5]
    return text.replace(f"\t{number}\t{before}\t", f"\t{other}\t{title}\t")


def fec(book):
    target = io.BytesIO()
    with book.read() as session:
        write_fec(session, find_year(session, DAY), target, NOW)
    return target.getvalue().decode("iso-8859-15")


def correction(book, text):
    with book.read() as session:
        return read_correction(session, io.BytesIO(text.encode("iso-8859-15")))


def told(book, text):
    return [change.kind for change in correction(book, text).difference.changes]


@pytest.fixture
def closed(any_book):
    fill(any_book)
    validate(any_book)
    return any_book


def test_the_file_as_it_was_written_changes_nothing(closed):
    found = correction(closed, fec(closed))
    assert (found.difference.changes, found.difference.renamed) == ((), ())
    assert (found.difference.same, found.problems) == (2, ())


def test_numbers_given_anew_and_padded_accounts_are_no_change(closed):
    text = fec(closed).replace("HA-00001", "7").replace("VE-00001", "8")
    text = text.replace("\t601000\t", "\t60100000\t").replace("\t401000\t", "\t401\t")
    assert told(closed, text) == []


def test_an_account_changed_is_found_and_taken_in_as_a_reversal_and_a_draft(closed):
    text = moved(fec(closed), "601000", "606300", TOOLS)
    found = correction(closed, text)
    assert [change.kind for change in found.difference.changes] == [Kind.CHANGED]
    with closed.action("correction") as session:
        report = take_correction(session, found)
        assert (report.added, report.changed, report.unchanged, report.problems) == (0, 1, 1, ())
    with closed.read() as session:
        nets = {b.number: b.net.cents for b in balances(session, OCTOBER)}
        assert (nets["601000"], nets["606300"], nets["401000"]) == (0, 8_420, -8_420)
        drafts = session.scalars(select(Entry).where(Entry.number.is_(None))).all()
        assert sorted(entry.fact for entry in drafts) == ["correction", "purchase"]
        activity = {line.activity_id for line in drafts[-1].lines}
        assert activity - {None}  # the section stays, though no FEC bears it
    closed.undo()
    with closed.read() as session:
        assert session.scalar(select(Entry).where(Entry.number.is_(None))) is None


def test_the_same_correction_twice_changes_nothing_more(closed):
    content = moved(fec(closed), "601000", "606300", TOOLS).encode("iso-8859-15")
    first = run_import(closed, IMPORTER, io.BytesIO(content))
    again = run_import(closed, IMPORTER, io.BytesIO(content))
    assert (first.changed, again.added, again.changed, again.problems) == (1, 0, 0, ())


def lines_of(text):
    head, *lines = text.split("\r\n")
    return head, [line for line in lines if line]


def test_an_entry_added_and_an_entry_removed_are_told_apart(closed):
    head, lines = lines_of(fec(closed))
    kept = [line for line in lines if line.startswith("VE")]
    same = "OD\tOperations diverses\tOD-00001\t20261020\t{}\t\t\t\tAM\t20261020\tDotation\t{}"
    added = [
        same.format("681100", "50,00\t0,00\t\t\t20261122\t\t"),
        same.format("281540", "0,00\t50,00\t\t\t20261122\t\t"),
    ]
    # The removed entry lies between the days of the file.
    text = "\r\n".join([head, *kept, *added, ""])
    assert told(closed, text) == [Kind.REMOVED, Kind.ADDED]
    report = run_import(closed, IMPORTER, io.BytesIO(text.encode("iso-8859-15")))
    assert (report.added, report.changed, report.problems) == (1, 1, ())


def test_a_draft_the_file_never_saw_is_left_alone(any_book):
    fill(any_book)
    validate(any_book)
    text = fec(any_book)
    with any_book.action("brouillon") as session:
        entry = session.scalars(select(Entry)).first()
        validating.reverse(session, entry, DAY, "essai")
    assert told(any_book, text) == []


@pytest.mark.parametrize(("spent", "held"), [("999,00", 12_050), ("20,50", 10_000)])
def test_a_correction_never_overdraws_the_till(closed, spent, held):
    head, lines = lines_of(fec(closed))
    line = "CA\tCaisse\tCA-00001\t20261020\t{}\t\t\tT1\t20261020\tMarche\t{}\t\t\t20261122\t\t"
    added = [
        line.format("601000\tAchats", f"{spent}\t0,00"),
        line.format("530000\tCaisse", f"0,00\t{spent}"),
    ]
    text = "\r\n".join([head, *lines, *added, ""])
    report = run_import(closed, IMPORTER, io.BytesIO(text.encode("iso-8859-15")))
    with closed.read() as session:
        assert net_of(session, "53").cents == held
    said = "\n".join(map(str, report.problems))
    assert ("plus qu’elle ne contient" in said) is (held == 12_050)


def test_an_account_that_is_new_is_added(closed):
    text = moved(fec(closed), "601000", "601900", "Epices")
    report = run_import(closed, IMPORTER, io.BytesIO(text.encode("iso-8859-15")))
    assert report.problems == ()
    with closed.read() as session:
        title = select(Account.title).where(Account.number == "601900")
        assert session.scalar(title) == "Epices"


def test_titles_that_changed_are_told_and_taken_when_wanted(closed):
    text = moved(fec(closed), "706000", "706000", "Repas du quartier")
    found = correction(closed, text)
    assert [(r.number, r.theirs) for r in found.difference.renamed] == [
        ("706000", "Repas du quartier")
    ]
    for rename, expected in ((False, False), (True, True)):
        with closed.action("intitulés") as session:
            take_correction(session, found, rename=rename)
            title = session.scalar(select(Account.title).where(Account.number == "706000"))
            assert (title == "Repas du quartier") is expected


def test_words_that_changed_are_told_and_left(closed):
    text = fec(closed).replace("Déjeuner", "Banquet")
    assert told(closed, text) == [Kind.REWORDED]
    report = run_import(closed, IMPORTER, io.BytesIO(text.encode("iso-8859-15")))
    assert (report.added, report.changed) == (0, 0)


def test_an_entry_that_does_not_balance_is_refused_with_its_line(closed):
    text = fec(closed).replace("84,20\t0,00", "84,30\t0,00")
    report = run_import(closed, IMPORTER, io.BytesIO(text.encode("iso-8859-15")))
    (problem,) = report.problems
    assert "0,10" in problem.text
    assert "\t84,30\t" in text.split("\r\n")[problem.line - 1]


def test_a_closed_month_takes_corrections_on_its_first_open_day(book):
    fill(book)
    validate(book)
    text = moved(fec(book), "601000", "606300", TOOLS)
    with book.action("arrêt", undoable=False) as session:
        lock(session, OCTOBER.end, NOW)
    report = run_import(book, IMPORTER, io.BytesIO(text.encode("iso-8859-15")))
    assert report.problems == ()
    with book.read() as session:
        days = set(session.scalars(select(Entry.day).where(Entry.number.is_(None))))
        assert days == {date(2026, 11, 1)}


def test_a_file_that_is_no_fec_is_told_so(book):
    with pytest.raises(UnreadableError, match="FEC"):
        correction(book, "bonjour\r\n")


def test_a_year_that_is_not_there_is_refused(closed):
    text = fec(closed).replace("2026", "2019")
    with closed.read() as session:
        assert session.scalar(select(FiscalYear.first)) == date(2026, 1, 1)
    report = run_import(closed, IMPORTER, io.BytesIO(text.encode("iso-8859-15")))
    assert any("exercice" in problem.text for problem in report.problems)


AMOUNTS = st.integers(1, 10**6)


@st.composite
def entries(draw):
    """Return the lines of entries that balance, numbered in one journal."""
    lines = []
    for rank in range(1, draw(st.integers(1, 6)) + 1):
        cents = draw(AMOUNTS)
        same = FlatLine(
            journal="HA",
            day=draw(st.dates(date(2026, 1, 1), date(2026, 12, 31))),
            label="Achat",
            piece=f"F{rank}",
            entry=rank,
            number=str(rank),
            entry_id=rank,
        )
        lines += [
            replace(same, account="601000", debit=cents),
            replace(same, account="512000", credit=cents),
        ]
    return lines


@settings(max_examples=60, deadline=None)
@given(ours=entries(), data=st.data())
def test_one_amount_changed_is_one_change_and_nothing_else(ours, data):
    assert compare(ours, ours).changes == ()
    rank = data.draw(st.integers(1, ours[-1].entry))
    more = data.draw(AMOUNTS)
    theirs = [
        replace(
            line,
            debit=line.debit and line.debit + more * (line.entry == rank),
            credit=line.credit and line.credit + more * (line.entry == rank),
        )
        for line in ours
    ]
    found = compare(ours, theirs)
    assert [change.kind for change in found.changes] == [Kind.CHANGED]
    assert found.changes[0].theirs.first.entry == rank
    assert found.same == ours[-1].entry - 1


def test_a_file_sorted_by_account_is_the_same_file(closed):
    head, lines = lines_of(fec(closed))
    lines.sort(key=lambda line: line.split("\t")[4])
    assert told(closed, "\r\n".join([head, *lines, ""])) == []


def test_a_file_that_numbers_every_line_is_the_same_file(closed):
    head, lines = lines_of(fec(closed))
    cells = [line.split("\t") for line in lines]
    numbered = ["\t".join([*c[:2], str(n), *c[3:]]) for n, c in enumerate(cells, 1)]
    assert told(closed, "\r\n".join([head, *numbered, ""])) == []


@pytest.mark.parametrize("separator", ["|", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_other_separators_and_encodings_are_no_change(closed, separator, encoding):
    text = fec(closed).replace("\t", separator)
    with closed.read() as session:
        found = read_correction(session, io.BytesIO(text.encode(encoding)))
    assert (found.difference.changes, found.problems) == ((), ())


def test_codes_of_parties_and_journals_written_otherwise_are_no_change(closed):
    text = fec(closed).replace("\tBIOCOOP\t", "\t401BIOC\t")
    text = text.replace("HA\tAchats\t", "AC\tJournal des achats\t")
    assert told(closed, text) == []


def test_an_invoice_given_to_another_supplier_is_told(closed):
    with closed.action("fournisseur") as session:
        party = Party(code="FERME", name="Ferme", kind=PartyKind.SUPPLIER)
        session.add(party)
        session.flush()
        shares = (Share("601000", Money(1_000)),)
        post_purchase(session, PurchaseFacts(party.id, DAY, "F-7", "Ferme", shares))
    validate(closed)
    text = fec(closed)
    found = correction(closed, text.replace("\tBIOCOOP\t", "\tFERME\t"))
    (change,) = found.difference.changes
    assert change.kind is Kind.CHANGED
    (words,) = telling.told(change)
    assert words.startswith("tiers")
    with closed.action("correction") as session:
        assert not take_correction(session, found).problems
    with closed.read() as session:
        held = {b.code: b.closing for b in party_balances(session, OCTOBER)}
    assert (held.get("BIOCOOP", Money(0)), held["FERME"]) == (Money(0), Money(-9_420))


def test_an_entry_in_a_journal_of_the_accountant_is_taken_in_with_its_journal(closed):
    text = fec(closed)
    cells = ["IN", "Inventaire", "1", "20261031", "", "", "", "", "OD31", "20261031", "Provision"]
    rows = [("681100", "Dotations", "100,00", "0,00"), ("281540", "Amort.", "0,00", "100,00")]
    added = [
        "\t".join([*cells[:4], number, title, *cells[6:], d, c, "", "", "20261101", "", ""])
        for number, title, d, c in rows
    ]
    found = correction(closed, text + "\r\n".join([*added, ""]))
    assert [change.kind for change in found.difference.changes] == [Kind.ADDED]
    with closed.action("correction") as session:
        report = take_correction(session, found)
        assert (report.added, report.problems) == (1, ())
        (entry,) = session.scalars(select(Entry).where(Entry.label == "Provision"))
        assert session.get_one(Journal, entry.journal_id).code == "IN"
    closed.undo()
    with closed.read() as session:
        assert session.scalar(select(Journal).where(Journal.code == "IN")) is None


def test_an_entry_in_a_journal_called_otherwise_goes_to_ours(closed):
    text = fec(closed).replace("HA\tAchats\t", "AC\tJournal des achats\t")
    head, lines = lines_of(text)
    more = [line for line in lines if line.startswith("AC\t")]
    more = [line.replace("F-0123", "F-0999").replace("20261006", "20261007") for line in more]
    more = ["\t".join([*line.split("\t")[:2], "77", *line.split("\t")[3:]]) for line in more]
    found = correction(closed, "\r\n".join([head, *lines, *more, ""]))
    assert [change.kind for change in found.difference.changes] == [Kind.ADDED]
    with closed.action("correction") as session:
        assert not take_correction(session, found).problems
        (entry,) = session.scalars(select(Entry).where(Entry.piece_ref == "F-0999"))
        assert session.get_one(Journal, entry.journal_id).code == "HA"


def test_a_few_entries_alone_are_no_order_to_remove_the_others(closed):
    fill_more(closed)
    head, lines = lines_of(fec(closed))
    cells = [line.split("\t") for line in lines if line.startswith("HA\t")][:2]
    alone = ["\t".join([*c[:2], "OD9", *c[3:8], "NEW", *c[9:]]) for c in cells]
    kinds = correction(closed, "\r\n".join([head, *alone, ""])).difference
    assert kinds.is_excerpt
    assert kinds.count(Kind.REMOVED) == 0


def fill_more(book):
    """Write a few invoices more, validated."""
    with book.action("achats") as session:
        party = session.scalars(select(Party).where(Party.code == "BIOCOOP")).one()
        for rank in range(4):
            shares = (Share("601000", Money(1_000 + rank)),)
            facts = PurchaseFacts(party.id, DAY, f"F-{rank}", "Biocoop", shares)
            post_purchase(session, facts)
    validate(book)


def test_what_changed_is_said_account_by_account(closed):
    text = moved(fec(closed), "601000", "606300", TOOLS)
    (change,) = correction(closed, text).difference.changes
    (words,) = telling.told(change)
    assert "du compte 601000 au compte 606300" in words
    assert "84,20" in words
    dated = fec(closed).replace("\t20261006\t", "\t20261031\t")
    changes = correction(closed, dated).difference.changes
    assert {words for change in changes for words in telling.told(change)} == {
        "date\xa0: 06/10/2026 → 31/10/2026"
    }
    dearer = fec(closed).replace("\t84,20\t", "\t90,00\t")
    (change,) = correction(closed, dearer).difference.changes
    assert len(telling.told(change)) == 2
