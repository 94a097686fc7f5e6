"""The lines of an electronic invoice beside what came in: which bills which."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rapidfuzz.fuzz import token_set_ratio
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.pieces.invoice_facts import InvoiceFacts, InvoiceLine
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.invoices.drafting import Awaited, add_other, awaited, bill, set_amount
from cantine_desktop.supply.invoices.judging import agrees, open_invoice
from cantine_desktop.supply.invoices.model import SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

ALIKE = 60
"""Hundredths of likeness under which two names are not the same thing, whatever the sums."""

CODE, AMOUNT, QUANTITY = 100, 30, 15
"""What speaks for a line besides its name."""


@dataclass(frozen=True)
class Read:
    """What was made of the lines of an electronic invoice.

    Attributes:
        matched: How many bill a line that came in; ``others``, how many nothing answers.
    """

    matched: int
    others: int


def bill_electronic(session: Session, invoice_id: int, facts: InvoiceFacts) -> Read:
    """Add the lines of an electronic invoice, each beside what came in when that is found.

    Args:
        session: The session of an action.
        invoice_id: The invoice they are added to.
        facts: What its file says.

    Raises:
        UserError: The invoice is in the accounts already.
    """
    invoice = open_invoice(session, invoice_id)
    waiting = awaited(session, invoice.supplier_id)
    codes = _codes(session, waiting)
    sign = -1 if facts.is_credit_note else 1
    matched = others = 0
    for line in facts.lines:
        if line.is_information or line.total is None:
            continue
        amount = _cents(line.total * sign)
        found = _best(line, amount, waiting, codes) if sign > 0 else None
        if found is None:
            add_other(session, invoice_id, line.name or line.description or "…", amount)
            others += 1
            continue
        parts = _parts(line, amount, found, waiting)
        bill(session, invoice_id, [each.key for each in parts])
        for each, share in zip(parts, _shares(amount, parts), strict=True):
            waiting.remove(each)
            made = _line(invoice, each.key)
            if made.amount != share:
                set_amount(session, made.id, share)
        matched += 1
    return Read(matched, others)


def net_of(facts: InvoiceFacts) -> Money | None:
    """Return the total of an electronic invoice without taxes; below zero for a credit note."""
    total = facts.totals.before_tax
    if total is None:
        return None
    return _cents(-total if facts.is_credit_note else total)


def _best(
    line: InvoiceLine, amount: Money, waiting: Sequence[Awaited], codes: dict[int, str]
) -> Awaited | None:
    scored = [(_score(line, amount, each, codes), -rank) for rank, each in enumerate(waiting)]
    if not scored:
        return None
    points, place = max(scored)
    return waiting[-place] if points else None


def _parts(
    line: InvoiceLine, amount: Money, found: Awaited, waiting: Sequence[Awaited]
) -> list[Awaited]:
    """Return the lots that a line bills together: two dates of a box are one line to bill."""
    whole = [each for each in waiting if _thing(each) == _thing(found)]
    if len(whole) == 1 or agrees(found.expected, amount):
        return [found]
    told = {
        sum((each.units for each in whole), Decimal(0)),
        sum((each.quantity or Decimal(0) for each in whole), Decimal(0)),
    }
    expected = Money(sum(each.expected.cents for each in whole if each.expected is not None))
    return whole if agrees(expected, amount) or line.quantity in told else [found]


def _thing(each: Awaited) -> tuple[object, ...]:
    return each.delivery, each.article_id, each.name, each.price, each.basis


def _shares(amount: Money, parts: Sequence[Awaited]) -> list[Money]:
    """Share an amount out as its lots are expected to cost, to the cent."""
    weights = [each.expected.cents if each.expected is not None else 0 for each in parts]
    total = sum(weights)
    if not total:
        return [amount, *(Money(0) for _each in parts[1:])]
    shares = [Money(amount.cents * weight // total) for weight in weights]
    return [Money(amount.cents - sum(each.cents for each in shares[1:])), *shares[1:]]


def _score(line: InvoiceLine, amount: Money, each: Awaited, codes: dict[int, str]) -> float:
    code = fold(codes.get(each.article_id or 0, ""))
    is_same = bool(code) and code in {fold(line.seller_id), fold(line.global_id)}
    alike = token_set_ratio(fold(line.name), fold(each.name))
    if not is_same and alike < ALIKE:
        return 0
    sums = AMOUNT * agrees(each.expected, amount)
    sums += QUANTITY * (line.quantity in {each.quantity, each.units})
    return CODE * is_same + alike + sums


def _codes(session: Session, waiting: Sequence[Awaited]) -> dict[int, str]:
    keys = {each.article_id for each in waiting if each.article_id is not None}
    return dict(session.execute(select(Article.id, Article.code).where(Article.id.in_(keys))).all())


def _line(invoice: SupplierInvoice, delivery_line: int) -> SupplierInvoiceLine:
    return next(line for line in invoice.lines if line.delivery_line_id == delivery_line)


def _cents(amount: Decimal) -> Money:
    return Money(int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP)))
