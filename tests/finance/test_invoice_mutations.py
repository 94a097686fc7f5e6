"""Of all the single faults that can be made in an invoice, nearly every one is told in words."""

import re
import string
from datetime import date
from functools import partial

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.faults import faults_of
from cantine_desktop.finance.pieces.invoices import read_invoice
from tests.finance.invoices import cii
from tests.finance.ubl_sample import UBL

TODAY = date(2026, 11, 22)
INVOICES = {"cii": cii(total="1284.20"), "ubl": UBL}
AMOUNT = re.compile(r"<(?:\w+:)?(\w*(?:Amount|Quantity))(?: [^>]*)?>(-?[\d.]+)</[^>]+>")
DAY = re.compile(r">(2026\d{4}|2026-\d\d-\d\d)<")
IBAN = re.compile(r">(FR76\d+)<")
IDS = re.compile(r">(732829320\d*|FR44732829320)<")
NO_DAYS = (
    *("20260231", "20261301", "20260400", "20260631", "00000000", "18991231"),
    *("2026103", "260930", "demain"),
)


def is_told(content):
    """Tell whether an invoice is refused with a sentence, or read with a fault in words."""
    try:
        faults = faults_of(read_invoice(content, "a.xml"), TODAY)
    except UserError as error:
        return bool(str(error))
    return any(fault.text and fault.place for fault in faults)


def put(text, spot, group, words):
    return (text[: spot.start(group)] + words + text[spot.end(group) :]).encode()


def wrong_amounts(text):
    for spot in AMOUNT.finditer(text):
        cents = round(float(spot[2]) * 100)
        for change in (1, -1, 9, -9, 10, -10, 27, 100, -100, 900):
            yield put(text, spot, 2, f"{(cents + change) / 100:.2f}")
        for words in (f"{cents / 10:.2f}", f"-{spot[2]}", spot[2].replace(".", ","), "abc"):
            if words != spot[2]:
                yield put(text, spot, 2, words)
        yield (text[: spot.start()] + text[spot.end() :]).encode()


def wrong_days(text):
    for spot in DAY.finditer(text):
        for day in NO_DAYS:
            dashed = "-" in spot[1] and len(day) == 8
            yield put(text, spot, 1, f"{day[:4]}-{day[4:6]}-{day[6:]}" if dashed else day)


def misspelled(text, pattern):
    """Yield the text with one character of an id replaced, left out, doubled or swapped."""
    for spot in pattern.finditer(text):
        word = spot[1]
        for at, letter in enumerate(word):
            others = string.digits if letter.isdigit() else "ABDGIT"
            for other in set(others) - {letter}:
                yield put(text, spot, 1, word[:at] + other + word[at + 1 :])
            yield put(text, spot, 1, word[:at] + word[at + 1 :])
            yield put(text, spot, 1, word[:at] + "3" + word[at:])
            if at + 1 < len(word) and letter != word[at + 1]:
                swapped = word[:at] + word[at + 1] + letter + word[at + 2 :]
                yield put(text, spot, 1, swapped)


KINDS = {
    "amounts": (wrong_amounts, 0.95),
    "days": (wrong_days, 1),
    "ibans": (partial(misspelled, pattern=IBAN), 1),
    "ids": (partial(misspelled, pattern=IDS), 1),
}


@pytest.mark.parametrize("syntax", INVOICES)
def test_the_invoices_that_are_altered_have_no_fault_at_first(syntax):
    assert not is_told(INVOICES[syntax])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("syntax", INVOICES)
def test_single_faults_are_told(syntax, kind):
    make, least = KINDS[kind]
    changed = set(make(INVOICES[syntax].decode())) - {INVOICES[syntax]}
    told = sum(map(is_told, changed))
    assert told / len(changed) >= least, f"{told} of {len(changed)}"


@pytest.mark.parametrize("syntax", INVOICES)
def test_of_all_single_faults_at_least_98_in_100_are_told(syntax):
    text = INVOICES[syntax].decode()
    changed = {each for make, _least in KINDS.values() for each in make(text)}
    changed -= {INVOICES[syntax]}
    assert len(changed) > 500
    assert sum(map(is_told, changed)) / len(changed) >= 0.98


def test_an_account_that_is_no_iban_is_told_apart_from_a_false_one():
    said = {}
    for account in ("30006000011234567890189", "FR7630006000011234567890188"):
        facts = read_invoice(cii(iban=account), "a.xml")
        (fault,) = (f for f in faults_of(facts, TODAY) if f.code == "iban")
        said[account[:2]] = fault.text
    assert "n’est pas un IBAN" in said["30"]
    assert "est faux" in said["FR"]


def test_two_accounts_of_one_means_of_payment_are_both_read():
    account = "<cac:PayeeFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID>"
    more = f"{account}</cac:PayeeFinancialAccount></cac:PaymentMeans>"
    changed = UBL.decode().replace("</cac:PaymentMeans>", more).encode()
    assert read_invoice(changed, "a.xml").ibans == (
        "FR7630006000011234567890189",
        "DE02120300000000202051",
    )
