"""Proofs dropped in are kept once, numbered without a gap, and read when they are electronic."""

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Entry, Party, PartyKind
from cantine_desktop.finance.ledger.posting import remove
from cantine_desktop.finance.pieces.inbox import drop, reading_of, take_in
from cantine_desktop.finance.pieces.linking import unlink
from cantine_desktop.finance.pieces.model import Piece, PieceKind, PieceLink
from cantine_desktop.finance.pieces.naming import file_name
from cantine_desktop.finance.pieces.queries import missing
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.finance.invoices import cii

OCTOBER = Period.month(date(2026, 10, 1))
JPEG = b"\xff\xd8\xff\xe0 a photo of a ticket"


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return target.getvalue()


def mail(*attachments):
    message = EmailMessage()
    message["From"] = "Ferme des Tilleuls <ferme@example.org>"
    message["Subject"] = "Facture d’octobre"
    message.set_content("Bonjour")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="xml", filename=name)
    return message.as_bytes()


def test_pieces_are_numbered_without_a_gap_and_undo_gives_the_number_back(any_book):
    with any_book.action("pièce") as session:
        (first,) = drop(session, "ticket.jpg", JPEG, NOW)
        assert (first.number, first.form, first.kind) == ("2026-0001", "image", PieceKind.OTHER)
    with any_book.action("pièce") as session:
        (second,) = drop(session, "facture.xml", cii(), NOW)
        assert second.number == "2026-0002"
        assert (second.supplier, second.total) == ("Ferme des Tilleuls", Money(8_420))
    any_book.undo()
    with any_book.action("pièce") as session:
        (again,) = drop(session, "autre.jpg", JPEG + b"2", NOW)
        assert again.number == "2026-0002"


def test_the_same_file_twice_says_which_piece_it_is(book):
    with book.action("pièce") as session:
        drop(session, "ticket.jpg", JPEG, NOW)
    with pytest.raises(UserError, match="2026-0001"), book.action("pièce") as session:
        drop(session, "copie.jpg", JPEG, NOW)


def test_a_mail_gives_its_attachments_and_stays_itself_when_it_has_none(book):
    with book.action("courriel") as session:
        (piece,) = drop(session, "m.eml", mail(("facture.xml", cii())), NOW)
        assert piece.source.startswith("Courriel de Ferme des Tilleuls")
        (alone,) = drop(session, "seul.eml", mail(), NOW)
        assert (alone.form, alone.name) == ("mail", "seul.eml")


def test_an_archive_gives_each_file_and_tells_those_that_are_no_proof(book):
    content = zipped(a__xml=cii(), b__jpg=JPEG, c__xml=b"<other/>")
    with book.action("archive") as session:
        dropped = take_in(session, "octobre.zip", content, NOW)
        assert [piece.form for piece in dropped.pieces] == ["cii", "image"]
        assert "n’est pas une facture" in dropped.refused[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "Outlook"),
        ("a.docx", zipped(**{"[Content_Types]__xml": b"<x/>"}), "PDF"),
        ("a.txt", b"hello", "ni un PDF"),
        ("a.xml", b"<a><b></a>", "mal formé"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "type de document"),
        ("a.zip", b"PK\x03\x04 damaged", "abîmé"),
        ("a.pdf", b"", "vide"),
    ],
)
def test_what_cannot_be_a_proof_is_refused_with_a_sentence(book, name, content, said):
    with pytest.raises(UserError, match=said), book.action("pièce") as session:
        drop(session, name, content, NOW)


def test_a_second_invoice_of_the_same_number_is_told(book):
    with book.action("pièces") as session:
        drop(session, "a.xml", cii(), NOW)
        (twin,) = drop(session, "b.xml", cii(comment="sent again"), NOW)
        assert "duplicate" in {fault.code for fault in reading_of(session, twin, NOW).faults}
        assert twin.fault_count == 1


def test_a_piece_is_handed_over_under_its_month_number_supplier_and_amount(book):
    with book.action("pièce") as session:
        (piece,) = drop(session, "F-1.PDF.xml", cii(day="20251031", total="84.20"), NOW)
        assert file_name(piece) == "2025-10_2026-0001_Ferme-des-Tilleuls_84,20.xml"
        piece.day = date(2026, 10, 31)
        piece.supplier = "Œufs & C° / Été"
        assert file_name(piece) == "2026-10_0001_Oeufs-C-Ete_84,20.xml"


def purchase(session):
    party = Party(code="TILLEULS", name="Ferme des Tilleuls", kind=PartyKind.SUPPLIER)
    session.add(party)
    session.flush()
    shares = (Share("601000", Money(8_420)),)
    facts = PurchaseFacts(party.id, date(2026, 10, 31), "F-1", "Ferme", shares)
    return post_purchase(session, facts)


def test_a_purchase_without_a_piece_is_missing_until_one_is_joined(any_book):
    with any_book.action("achat") as session:
        entry = purchase(session)
        (row,) = missing(session, OCTOBER)
        assert (row.entry_id, row.party, row.amount) == (
            entry.id,
            "Ferme des Tilleuls",
            Money(8_420),
        )
        (piece,) = drop(session, "ticket.jpg", JPEG, NOW)
        session.add(PieceLink(piece_id=piece.id, entry_id=entry.id))
        session.flush()
        assert not missing(session, OCTOBER)


def test_a_draft_that_a_piece_proves_stays_until_the_piece_is_taken_off(book):
    with book.action("achat") as session:
        entry = purchase(session)
        (piece,) = drop(session, "ticket.jpg", JPEG, NOW)
        key = entry.id
        session.add(PieceLink(piece_id=piece.id, entry_id=key))
    with pytest.raises(UserError, match="désigne"), book.action("effacer") as session:
        remove(session, session.get_one(Entry, key))
    with book.action("délier") as session:
        unlink(session, session.scalars(select(PieceLink.id)).one())
        remove(session, session.get_one(Entry, key))
    with book.read() as session:
        assert session.scalar(select(PieceLink)) is None
        assert session.scalar(select(Piece.number)) == "2026-0001"


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        ("FA 2026-0118", {}, "duplicate"),
        ("fa-2026-118", {}, "duplicate"),
        ("FA2026-0118", {}, "duplicate"),
        ("FA-2026-0119", {}, "look-alike"),
        ("FA-2026-0118", {"total": "90.00"}, "duplicate"),
    ],
)
def test_the_same_invoice_sent_again_is_told_however_it_is_numbered(book, number, changes, code):
    with book.action("factures") as session:
        drop(session, "a.xml", cii(number="FA-2026-0118"), NOW)
        (again,) = drop(session, "b.xml", cii(number=number, comment="bis", **changes), NOW)
        assert code in {fault.code for fault in reading_of(session, again, NOW).faults}


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "FA-2026-0119", "total": "90.00"},
        {"number": "FA-2026-0119", "day": "20261030"},
        {"number": "FA-2026-0118", "seller": "Biocoop", "siren": "552100554"},
        {"number": "FA-2026-1-18", "total": "12.30"},
    ],
)
def test_another_invoice_is_no_twin(book, changes):
    with book.action("factures") as session:
        drop(session, "a.xml", cii(number="FA-2026-0118"), NOW)
        (other,) = drop(session, "b.xml", cii(**changes), NOW)
        codes = {fault.code for fault in reading_of(session, other, NOW).faults}
        assert not codes & {"duplicate", "look-alike"}
