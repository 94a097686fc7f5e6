"""What follows a reception: its invoice once it is put right, and its claim to the credit note."""

from decimal import Decimal

import pytest

from cantine_desktop.office.putting_right import foresee
from cantine_desktop.supply.deliveries.claims import mark_sent as mark_claim_sent
from cantine_desktop.supply.invoices.claim_state import Stage, claim_state
from cantine_desktop.supply.invoices.credits import credit_claim, give_up
from cantine_desktop.supply.invoices.drafting import Head, awaited, begin, set_amount
from cantine_desktop.supply.invoices.judging import claim
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice
from cantine_desktop.supply.invoices.queries import invoice_row
from cantine_desktop.supply.stock.valuing import worths
from cantine_desktop.values.money import Money
from tests.supply.desk import TODAY, furnish
from tests.supply.door import LATER, billed, plain, received, right

BOX = 66 * 180


@pytest.fixture
def desk(book):
    with book.action("départ", undoable=False) as session:
        return furnish(session)


def test_an_invoice_not_in_the_accounts_is_to_be_seen_again(book, desk):
    keys = received(book, desk)
    invoice = billed(book, desk)
    with book.read() as session:
        foreseen = foresee(session, *keys, {"received": Decimal(2)}, LATER)
        assert [plain(said) for said in foreseen.invoices] == [
            "Facture F-1 : à revoir, ce qui est attendu change."
        ]
    right(book, keys, received=Decimal(2))
    with book.read() as session:
        (line,) = invoice_row(session, invoice).lines
        assert (line.expected, line.settlement) == (Money(10000), Settlement.TO_SEE)
        assert "150,00 € → 100,00 €" in plain(line.put_right_words)
    book.undo()
    with book.read() as session:
        (line,) = invoice_row(session, invoice).lines
        assert (line.expected, line.settlement) == (Money(15000), Settlement.AGREED)


def test_what_was_paid_stays_what_the_lot_cost(book, desk):
    keys = received(book, desk)
    invoice = billed(book, desk, posted=True)
    right(book, keys, received=Decimal(2))
    with book.read() as session:
        assert session.get_one(SupplierInvoice, invoice).entry_id is not None
        (worth,) = worths(session).values()
        assert (worth.quantity, worth.value) == (2 * BOX, Money(15825))


def test_what_no_invoice_bills_yet_is_awaited_as_it_was_put_right(book, desk):
    keys = received(book, desk)
    right(book, keys, received=Decimal(2))
    with book.read() as session:
        (line,) = awaited(session, desk.supplier)
        assert (line.key, line.units, line.expected) == (keys[1], 2, Money(10000))


def state_of(book, keys):
    with book.read() as session:
        found = claim_state(session, keys[0])
        return None if found is None else (found.stage, plain(found.words))


def test_a_claim_is_followed_from_the_letter_to_the_credit_note(book, desk):
    keys = received(book, desk, noted=Decimal(3), refused=Decimal(1), reason="abîmées")
    assert state_of(book, keys) == (Stage.TO_SEND, "Réclamation à envoyer, 50,00 € HT.")
    with book.action("envoi") as session:
        mark_claim_sent(session, keys[0], LATER)
    assert state_of(book, keys) == (
        Stage.SENT,
        "Réclamation envoyée le 25/11/2026, 50,00 € HT.",
    )
    invoice = billed(book, desk)
    with book.action("réclamé") as session:
        (line,) = session.get_one(SupplierInvoice, invoice).lines
        set_amount(session, line.id, Money(15000))
        claim(session, key := line.id, "une caisse est repartie")
    stage, words = state_of(book, keys)
    assert stage is Stage.AWAITED
    assert words.startswith("Avoir attendu sur la facture F-1, 50,00 € HT.")
    with book.action("avoir") as session:
        head = Head(desk.supplier, "AV-12", TODAY, Money(-5275), Money(-5000))
        credit_claim(session, begin(session, head, LATER).id, key)
    assert state_of(book, keys) == (Stage.CREDITED, "Avoir reçu : AV-12.")


def test_an_invoice_of_what_was_kept_closes_the_claim(book, desk):
    keys = received(book, desk, refused=Decimal(1), reason="abîmées")
    billed(book, desk)
    assert state_of(book, keys)[0] is Stage.CLOSED


def test_a_claim_that_is_given_up_is_closed_and_says_so(book, desk):
    keys = received(book, desk, refused=Decimal(1), reason="abîmées")
    invoice = billed(book, desk)
    with book.action("réclamé") as session:
        (line,) = session.get_one(SupplierInvoice, invoice).lines
        set_amount(session, line.id, Money(15000))
        claim(session, key := line.id, "une caisse est repartie")
        give_up(session, key, "trop peu pour s’en occuper")
    assert state_of(book, keys) == (
        Stage.GIVEN_UP,
        "Réclamation close : F-1 est acceptée comme facturée.",
    )


def test_a_claim_said_to_be_sent_is_taken_back_in_one_step(book, desk):
    keys = received(book, desk, refused=Decimal(1), reason="abîmées")
    with book.action("envoi") as session:
        mark_claim_sent(session, keys[0], LATER)
    book.undo()
    assert state_of(book, keys)[0] is Stage.TO_SEND


def test_a_correction_that_finds_what_lacked_leaves_nothing_to_claim(book, desk):
    keys = received(book, desk, received=Decimal(2))
    assert state_of(book, keys)[0] is Stage.TO_SEND
    right(book, keys, received=Decimal(3))
    assert state_of(book, keys) is None


def test_a_price_that_is_claimed_asks_for_no_letter_of_the_door(book, desk):
    keys = received(book, desk)
    invoice = billed(book, desk)
    with book.action("réclamé") as session:
        (line,) = session.get_one(SupplierInvoice, invoice).lines
        set_amount(session, line.id, Money(16000))
        claim(session, line.id, "le prix n’est pas celui du tarif")
    with book.read() as session:
        state = claim_state(session, keys[0])
        assert state is not None
        assert (state.stage, state.has_letter) == (Stage.AWAITED, False)
