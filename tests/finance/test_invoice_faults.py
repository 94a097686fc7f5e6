"""One thing changed in an invoice that holds together is always told."""

import contextlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.faults import faults_of
from cantine_desktop.finance.pieces.identifiers import (
    is_french_vat,
    is_iban,
    is_siren,
    is_siret,
)
from cantine_desktop.finance.pieces.inbox import drop, reading_of
from cantine_desktop.finance.pieces.invoices import read_invoice
from cantine_desktop.finance.pieces.payment_file import sepa_text
from tests.conftest import NOW
from tests.finance.invoices import cii

TODAY = date(2026, 11, 22)
AMOUNTS = (
    "LineTotalAmount", "TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount",
    "DuePayableAmount", "CalculatedAmount", "BasisAmount",
)  # fmt: skip


def codes(content):
    return {fault.code for fault in faults_of(read_invoice(content, "a.xml"), TODAY)}


def test_an_invoice_that_holds_together_has_no_fault():
    assert not codes(cii())


@given(
    name=st.sampled_from(AMOUNTS),
    place=st.integers(0, 1),
    change=st.integers(-100_000, 100_000).filter(bool),
)
def test_a_changed_amount_is_told(name, place, change):
    text = cii(total="1284.20").decode()
    found = list(re.finditer(rf"<ram:{name}[^>]*>([0-9.]+)<", text))
    spot = found[min(place, len(found) - 1)]
    cents = round(float(spot[1]) * 100) + change
    other = f"{cents / 100:.2f}"
    changed = text[: spot.start(1)] + other + text[spot.end(1) :]
    assert codes(changed.encode()) & {"total", "sum", "vat"}


@given(place=st.integers(0, 22), digit=st.integers(1, 9))
def test_a_changed_digit_of_an_iban_is_told(place, digit):
    iban = "FR7630006000011234567890189"
    at = place + 4
    other = str((int(iban[at]) + digit) % 10)
    assert "iban" in codes(cii(iban=iban[:at] + other + iban[at + 1 :]))


@pytest.mark.parametrize(
    "day", ["20260231", "20261301", "20260400", "2026-10-31", "demain", "202610"]
)
def test_a_day_that_is_none_is_told(day):
    assert "date" in codes(cii(day=day))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": ""}, "number"),
        ({"currency": "CHF"}, "currency"),
        ({"siren": "732829321"}, "siren"),
        ({"due": "20261001"}, "due"),
        ({"day": "20270101", "due": "20270201"}, "date"),
        ({"seller": ""}, "seller"),
        ({"kind": "999"}, "type"),
    ],
)
def test_what_a_director_should_see_is_told(changes, code):
    assert code in codes(cii(**changes))


def test_an_invoice_to_somebody_else_is_told(book):
    from cantine_desktop.canteen.model import Canteen  # noqa: PLC0415

    with book.action("facture") as session:
        session.add(Canteen(name="La Tablée", siren="552100554"))
        (piece,) = drop(session, "a.xml", cii(buyer_siren="542051180"), NOW)
        assert "addressee" in {f.code for f in reading_of(session, piece, NOW).faults}
        (ours,) = drop(session, "b.xml", cii(number="F-2", buyer_siren="552100554"), NOW)
        assert "addressee" not in {f.code for f in reading_of(session, ours, NOW).faults}


def test_lines_carry_what_a_reception_needs():
    facts = read_invoice(cii(), "a.xml")
    (line,) = facts.lines
    assert (line.name, line.seller_id, line.global_id) == ("Tomates", "TOM", "3012345678900")
    assert (line.quantity, line.unit, line.price_basis, line.batch) == (10, "KGM", 10, "L42")
    assert (facts.order_reference, facts.delivery_reference) == ("BC-2026-0007", "BL-77")


def test_prefixes_and_comments_do_not_matter():
    text = cii(comment="ram").decode()
    other = text.replace("ram:", "a:").replace("xmlns:ram", "xmlns:a")
    assert read_invoice(other.encode(), "a.xml") == read_invoice(cii(), "a.xml")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    for head in (b"", b"%PDF-1.7\n", b"<?xml version='1.0'?>"):
        with contextlib.suppress(UserError):
            read_invoice(head + content, "a.xml")


@given(st.data())
def test_an_invoice_cut_or_altered_anywhere_is_read_or_refused(data):
    content = cii()
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255))
    for changed in (content[:at], content[:at] + bytes([byte]) + content[at + 1 :]):
        try:
            facts = read_invoice(changed, "a.xml")
        except UserError:
            continue
        faults_of(facts, TODAY)


def test_keys_are_judged():
    assert is_siren("732829320")
    assert not is_siren("000000000")
    assert is_siret("73282932000074")
    assert is_siret("35600000049837")  # La Poste: digits sum to a multiple of five
    assert not is_siret("73282932000075")
    assert is_french_vat("FR44732829320")
    assert not is_french_vat("FR45732829320")
    assert is_iban("BE68539007547034")
    assert not is_iban("FR763000600001123456789018")


@given(st.text(max_size=200))
def test_labels_of_transfers_hold_only_letters_that_banks_take(text):
    assert re.fullmatch(r"[A-Za-z0-9/\-?:().,'+ ]{1,140}", sepa_text(text, 140))
