"""A claim found once the invoice is in the accounts, and rises told on its lines."""

from datetime import date

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.supply.invoices.credits import open_claims
from cantine_desktop.supply.invoices.drafting import Head, awaited, begin, bill, set_amount
from cantine_desktop.supply.invoices.judging import accept
from cantine_desktop.supply.invoices.late_claims import claim_late, give_up_late
from cantine_desktop.supply.invoices.paying import why_not_pay
from cantine_desktop.supply.invoices.posting import post_invoice
from cantine_desktop.supply.invoices.queries import invoice_row
from cantine_desktop.supply.stock.valuing import worths
from cantine_desktop.values.money import Money
from tests.supply.desk import TUESDAY, furnish
from tests.supply.door import LATER, received

DAY = date(2026, 11, 26)


@pytest.fixture
def posted(book):
    """The key of an invoice of 165 euros for pears expected at 150, in the accounts."""
    with book.action("départ") as session:
        desk = furnish(session)
    received(book, desk)
    with book.action("facture", undoable=False) as session:
        head = Head(desk.supplier, "F-1", TUESDAY, Money(17408), Money(16500))
        made = begin(session, head, LATER)
        bill(session, made.id, [each.key for each in awaited(session, desk.supplier)])
        line = made.lines[0]
        set_amount(session, line.id, Money(16500))
        accept(session, line.id)
        post_invoice(session, made.id, LATER)
        return made.id, line.id


def worth(session):
    return next(iter(worths(session).values())).value


def test_a_posted_invoice_still_takes_a_claim_and_its_lot_costs_what_it_should(book, posted):
    invoice, line = posted
    with book.action("réclamation") as session:
        assert worth(session) == Money(17408)
        claim_late(session, line, "prix faux", Money(1500), LATER)
        assert worth(session) == Money(15825)
        assert why_not_pay(session, invoice)
        assert [claim.left for claim in open_claims(session)] == [Money(1500)]
        with pytest.raises(UserError, match="déjà ouverte"):
            claim_late(session, line, "encore", Money(100), LATER)
        give_up_late(session, line, "tarif de novembre", LATER)
        assert worth(session) == Money(17408)


def test_more_than_is_billed_is_never_claimed(book, posted):
    with book.action("réclamation") as session, pytest.raises(UserError, match="plus que"):
        claim_late(session, posted[1], "prix faux", Money(16501), LATER)


def test_a_line_ten_percent_dearer_tells_its_rise(book, posted):
    with book.read() as session:
        (line,) = invoice_row(session, posted[0]).lines
        assert line.rise is not None
        assert round(line.rise * 100) == 10
