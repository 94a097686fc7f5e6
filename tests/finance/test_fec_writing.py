"""The FEC of a year says every validated entry, in the order and the letters of the norm."""

import io
from datetime import date

import pytest
from accounting_fr.fec_check import check_fec as second_opinion

from cantine_desktop.finance.fec import writing
from cantine_desktop.finance.fec.reading import read_fec
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger.lettering import letter
from cantine_desktop.finance.ledger.model import Party, PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.values.money import Money
from tests.conftest import NOW

DAY = date(2026, 10, 6)
NAME = "123456782FEC20261231.txt"


def small_year(session, *, label="Épicerie « Bio Coop »"):
    """Post openings, an invoice, its payment lettered with it, and validate them."""
    party = Party(code="BIOCOOP", name="Bio Coop – l’épicerie", kind=PartyKind.SUPPLIER)
    session.add(party)
    session.flush()
    invoice = post(
        session,
        DraftEntry(
            "HA",
            DAY,
            label,
            "F-778",
            (debit("601000", Money(21_045)), credit("401000", Money(21_045), party=party.id)),
        ),
    )
    paid = post(
        session,
        DraftEntry(
            "BQ1",
            date(2026, 10, 15),
            "Virement Bio Coop",
            "VIR-1",
            (debit("401000", Money(21_045), party=party.id), credit("512000", Money(21_045))),
        ),
    )
    lines = [line.id for entry in (invoice, paid) for line in entry.lines if line.party_id]
    letter(session, lines, date(2026, 10, 15))
    validate(session, [invoice, paid], NOW)
    opening = post(
        session,
        DraftEntry(
            "AN",
            date(2026, 1, 1),
            "Reprise des soldes",
            "AN2026",
            (debit("512000", Money(250_000)), credit("110000", Money(250_000))),
        ),
    )
    validate(session, [opening], NOW)


def written(book, now=NOW):
    target = io.BytesIO()
    with book.read() as session:
        totals = write_fec(session, find_year(session, DAY), target, now)
    return target.getvalue(), totals


def test_openings_come_first_and_each_entry_is_there(any_book):
    with any_book.action("année", undoable=False) as session:
        small_year(session)
    content, totals = written(any_book)
    text = content.decode("iso8859-15")
    supplier = "401000|Fournisseurs|BIOCOOP|Bio Coop - l'épicerie"
    invoice, paid = "F-778|20261006|Épicerie « Bio Coop »", "VIR-1|20261015|Virement Bio Coop"
    opening = "AN2026|20260101|Reprise des soldes"
    bank = "512000|Banque - compte courant||"
    assert [line.replace("\t", "|") for line in text.split("\r\n")[1:]] == [
        f"AN|À-nouveaux|AN-00001|20260101|{bank}|{opening}|2500,00|0,00|||20261122||",
        (
            "AN|À-nouveaux|AN-00001|20260101|110000|Report à nouveau (solde créditeur)|||"
            f"{opening}|0,00|2500,00|||20261122||"
        ),
        (
            "HA|Achats|HA-00001|20261006|601000|Achats stockés - denrées|||"
            f"{invoice}|210,45|0,00|||20261122||"
        ),
        f"HA|Achats|HA-00001|20261006|{supplier}|{invoice}|0,00|210,45|AAA|20261015|20261122||",
        f"BQ1|Banque|BQ1-00001|20261015|{supplier}|{paid}|210,45|0,00|AAA|20261015|20261122||",
        f"BQ1|Banque|BQ1-00001|20261015|{bank}|{paid}|0,00|210,45|||20261122||",
        "",
    ]
    assert (totals.lines, totals.entries, totals.drafts) == (6, 3, 0)
    assert totals.debit == totals.credit == Money(292_090)
    opinion = second_opinion(content, NAME)
    assert (opinion.errors, opinion.warnings) == ([], [])
    assert [line.label for line in read_fec(io.BytesIO(content))][2:4] == [
        "Épicerie « Bio Coop »"
    ] * 2


@pytest.mark.parametrize(
    "label", ["Fête | d’été … 12 €", "Soupe 🥕 « ½ portion »", "a\tb", "漢字", 'Le "grand" repas']
)
def test_both_ways_of_writing_give_the_same_bytes(book, monkeypatch, label):
    with book.action("année", undoable=False) as session:
        small_year(session, label=label)
    by_sqlite, totals = written(book)
    monkeypatch.setattr(writing, "_pages_of_sqlite", writing._pages_of_rows)
    assert written(book) == (by_sqlite, totals)
    assert all(line.count("\t") == 17 for line in by_sqlite.decode("iso8859-15").splitlines())
    assert second_opinion(by_sqlite, NAME).ok


def test_drafts_stay_out_and_are_counted(any_book):
    with any_book.action("année", undoable=False) as session:
        small_year(session)
    before, _totals = written(any_book)
    with any_book.action("brouillon") as session:
        post(
            session,
            DraftEntry(
                "OD",
                DAY,
                "à revoir",
                "OD1",
                (debit("530000", Money(5)), credit("580000", Money(5))),
            ),
        )
        assert drafts_before(session, date(2027, 1, 1))
    after, totals = written(any_book)
    assert after == before
    assert totals.drafts == 1
