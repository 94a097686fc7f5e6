"""From a piece to its purchase, what is missing, and what is paid."""

from datetime import date

import pytest
from sqlalchemy import select

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.finance.bank.accounts import add_bank_account
from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.ledger.model import Entry, Party
from cantine_desktop.finance.pieces.absences import (
    declare_lost,
    note_asked,
    request_letter,
    take_back,
)
from cantine_desktop.finance.pieces.checks import check
from cantine_desktop.finance.pieces.inbox import drop, reading_of
from cantine_desktop.finance.pieces.linking import candidates, link, unlink
from cantine_desktop.finance.pieces.listing import PieceState, pieces, to_do_count
from cantine_desktop.finance.pieces.model import PaymentOrder, Piece
from cantine_desktop.finance.pieces.paying import Chosen, due, order_transfers, withdraw
from cantine_desktop.finance.pieces.payment_file import Payer, PaymentForm
from cantine_desktop.finance.pieces.purchasing import Purchase, post_piece, proposed
from cantine_desktop.finance.pieces.queries import BankSpending, missing
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.finance.invoices import cii

DAY = date(2026, 10, 31)
OCTOBER = Period.month(DAY)
OURS = "FR7630006000011234567890189"
LATER = date(2026, 12, 1)
JPEG = b"\xff\xd8\xff\xe0 a photo of a ticket"
SPENT = BankSpending(1, date(2026, 11, 2), "PRLV FERME DES TILLEULS", Money(8_420))


def posted(session, **changes):
    (piece,) = drop(session, f"{changes.get('number', 'F-1')}.xml", cii(**changes), NOW)
    reading = reading_of(session, piece, NOW)
    return piece, post_piece(session, piece.id, proposed(session, piece, reading.facts))


def payer(session):
    account = add_bank_account(session, "Crédit coopératif", DAY, iban=OURS)
    return Payer("La Tablée", account.iban, "", account.id)


def test_an_invoice_read_is_posted_as_it_stands_with_its_piece(any_book):
    with any_book.action("facture") as session:
        piece, entry = posted(session)
        (item,) = open_items(session, "401")
        assert (item.amount, item.due_day) == (Money(-8_420), date(2026, 11, 30))
        assert (entry.piece_ref, entry.day) == ("F-1", DAY)
        party = session.get_one(Party, piece.party_id)
        assert (party.name, party.siren) == ("Ferme des Tilleuls", "732829320")
        assert not missing(session, OCTOBER)
        assert not to_do_count(session)
    any_book.undo()
    with any_book.read() as session:
        assert session.scalar(select(Entry)) is None
        assert session.scalar(select(Piece)) is None


def test_a_supplier_learns_the_account_its_invoices_go_to(book):
    with book.action("factures") as session:
        (piece,) = drop(session, "1.xml", cii(), NOW)
        facts = reading_of(session, piece, NOW).facts
        first = proposed(session, piece, facts)
        assert (first.account, first.is_new) == ("601000", True)
        changed = Purchase(
            first.supplier, first.day, first.number, first.amount, "606300", "ATELIERS"
        )
        post_piece(session, piece.id, changed)
        (second,) = drop(session, "2.xml", cii(number="F-2"), NOW)
        again = proposed(session, second, reading_of(session, second, NOW).facts)
        assert (again.account, again.activity, again.is_new) == ("606300", "ATELIERS", False)


def test_a_credit_note_takes_off_what_is_owed(book):
    with book.action("avoir") as session:
        posted(session, kind="381", number="A-1")
        (item,) = open_items(session, "401")
        assert item.amount == Money(8_420)


def test_the_same_invoice_is_never_posted_twice(book):
    with book.action("facture") as session:
        posted(session)
    with pytest.raises(UserError, match="déjà dans les comptes"), book.action("bis") as session:
        posted(session, comment="again")


def test_a_changed_account_of_a_supplier_is_told_before_it_is_paid(book):
    with book.action("factures") as session:
        posted(session)
        (piece,) = drop(
            session, "2.xml", cii(number="F-2", iban="FR1420041010050500013M02606"), NOW
        )
        codes = {fault.code for fault in reading_of(session, piece, NOW).faults}
        assert "iban-changed" in codes


def test_a_photo_is_proposed_for_what_was_spent_that_day_and_linked(any_book):
    with any_book.action("ticket") as session:
        (piece,) = drop(session, "ticket.jpg", JPEG, NOW)
        piece.day, piece.total, piece.supplier = DAY, Money(8_420), "Ferme des Tilleuls"
        (found,) = candidates(session, piece, [SPENT])
        assert (found.row.bank_line_id, found.why) == (1, "même montant, nom reconnu, même date")
        assert [row.state for row in pieces(session)] == [PieceState.TO_DO]


def bank_line(session):
    account = payer(session)
    line = BankLine(
        bank_account_id=account.account_id,
        statement_id=None,
        day=SPENT.day,
        amount=-SPENT.amount,
        label=SPENT.label,
        fingerprint="0" * 64,
    )
    session.add(line)
    session.flush()
    return SPENT._replace(line_id=line.id)


def test_a_line_of_the_bank_is_missing_its_piece_until_it_is_linked_or_lost(any_book):
    with any_book.action("banque") as session:
        spent = bank_line(session)
        (row,) = missing(session, OCTOBER, [spent])
        assert "84,20" in request_letter(session, row)
        note_asked(session, row, DAY)
        declare_lost(session, row, "Ticket effacé, relevé joint", "MB", DAY)
        (lost,) = missing(session, OCTOBER, [spent])
        assert (lost.asked_on, lost.lost_reason) == (DAY, "Ticket effacé, relevé joint")
        take_back(session, lost)
        (piece,) = drop(session, "ticket.jpg", JPEG, NOW)
        made = link(session, piece.id, bank_line_id=spent.line_id)
        assert not missing(session, OCTOBER, [spent])
        unlink(session, made.id)
        assert missing(session, OCTOBER, [spent])[0].asked_on is None


def test_declaring_a_piece_lost_asks_why(book):
    with book.action("banque") as session:
        (row,) = missing(session, OCTOBER, [bank_line(session)])
        with pytest.raises(UserError, match="pourquoi"):
            declare_lost(session, row, " ", "MB", DAY)


@pytest.mark.parametrize("form", list(PaymentForm))
def test_a_file_of_transfers_is_sealed_and_pays_an_invoice_once(any_book, form):
    with any_book.action("virement", undoable=False) as session:
        posted(session, seller="Œufs &amp; Légumes d’Été")
        (row,) = due(session)
        assert row.is_payable
        order, made = order_transfers(
            session, payer(session), [Chosen(row.line_id)], LATER, NOW, form
        )
        text = made.decode()
        assert order.number == "VIR-2026-0001"
        assert 'Ccy="EUR">84.20<' in text
        assert "OEufs + Legumes d'Ete" in text
        assert form.value in text
    with any_book.action("bis") as session:
        (row,) = due(session)
        assert row.order == "VIR-2026-0001"
        with pytest.raises(UserError, match="paie déjà"):
            order_transfers(
                session,
                payer_again(session),
                [Chosen(row.line_id)],
                LATER,
                NOW,
            )
    with pytest.raises(SealedError), any_book.action("changer") as session:
        session.scalars(select(PaymentOrder)).one().total = Money(1)
    with any_book.action("retirer") as session:
        withdraw(session, session.scalars(select(PaymentOrder.id)).one(), "refusé", DAY)
        assert not due(session)[0].order


def payer_again(session):
    order = session.scalars(select(PaymentOrder)).one()
    return Payer("La Tablée", OURS, "", order.bank_account_id)


def test_a_transfer_to_a_wrong_account_is_refused_by_name(book):
    with book.action("virement") as session:
        posted(session)
        (row,) = due(session)
        wrong = Chosen(row.line_id, iban="FR7630006000011234567890188")
        ours = payer(session)
        with pytest.raises(UserError, match="Ferme des Tilleuls est faux"):
            order_transfers(session, ours, [wrong], LATER, NOW)
        with pytest.raises(UserError, match="passée"):
            order_transfers(session, ours, [wrong], DAY, NOW)


def test_verifying_finds_a_gap_in_the_numbers(book):
    with book.action("pièces") as session:
        posted(session)
        (piece,) = drop(session, "a.jpg", JPEG, NOW)
        assert not list(check(session))
        piece.number = "2026-0003"
        session.flush()
        assert "continue" in next(check(session)).text
