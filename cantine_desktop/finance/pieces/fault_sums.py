"""Arithmetic of an invoice: lines, allowances, VAT, totals, what is left to pay."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from cantine_desktop.finance.pieces.cii import line_place
from cantine_desktop.finance.pieces.invoice_facts import (
    Adjustment,
    Fault,
    InvoiceFacts,
    InvoiceLine,
    VatPart,
    Weight,
)
from cantine_desktop.i18n import mark, number, tr

CENT = Decimal("0.01")
HALF_CENT = Decimal("0.005")
ZERO = Decimal(0)
EXEMPT = frozenset({"E", "AE", "K", "G", "O"})
"""Categories that say why no VAT is asked."""
UNTAXED = frozenset({"Z", "E", "AE", "K", "G", "O"})

WHOLE_CURRENCIES = frozenset({"HUF", "ISK", "JPY", "KRW", "XAF", "XOF", "XPF"})
"""Currencies whose amounts are rounded to the unit."""

LARGEST = Decimal(10) ** 12


def sums(facts: InvoiceFacts) -> Iterator[Fault]:
    """Find what does not add up, each with its place and both amounts."""
    if any(abs(amount) > LARGEST for amount in _amounts(facts)):
        yield Fault("total", tr("totaux"), tr("un montant est démesuré."))
        return
    yield from _missing(facts)
    yield from _lines(facts)
    yield from _footing(facts)
    yield from _vat(facts)


_ASKED = (
    ("lines", mark("le total des lignes manque.")),
    ("before_tax", mark("le total hors taxe manque.")),
    ("with_tax", mark("le total toutes taxes comprises manque.")),
    ("due", mark("le net à payer manque.")),
)
"""Sums that every profile of EN 16931 has (BT-106, 109, 112, 115)."""


def _missing(facts: InvoiceFacts) -> Iterator[Fault]:
    """Tell the amounts that the profile asks for and that are not there."""
    if not facts.profile or facts.profile.startswith("ZUGFeRD 1"):
        return
    for name, words in _ASKED:
        asked = name != "lines" or facts.profile != "MINIMUM"
        if asked and getattr(facts.totals, name) is None:
            yield Fault("total", tr("totaux"), tr(words), Weight.DOUBT)
    for part in facts.vat:
        if part.rate and (part.basis is None or part.tax is None):
            text = tr("la base ou le montant manque.")
            yield Fault("vat", _vat_place(part), text, Weight.DOUBT)
    for line in _counted(facts):
        if line.quantity is None or line.price is None:
            text = tr("la quantité ou le prix manque.")
            yield Fault("line", line_place(line.rank, line.name), text, Weight.DOUBT)


def _amounts(facts: InvoiceFacts) -> Iterator[Decimal]:
    totals = facts.totals
    every = [totals.lines, totals.before_tax, totals.tax, totals.with_tax, totals.due]
    for line in facts.lines:
        every += [line.quantity, line.price, line.total]
    yield from (amount for amount in every if amount is not None)


def _counted(facts: InvoiceFacts) -> list[InvoiceLine]:
    return [line for line in facts.lines if not line.is_information]


def _lines(facts: InvoiceFacts) -> Iterator[Fault]:
    for line in _counted(facts):
        place = line_place(line.rank, line.name)
        if not line.name:
            yield Fault("line", place, tr("la désignation manque."), Weight.DOUBT)
        if line.price is not None and line.price < 0:
            yield Fault("line", place, tr("le prix unitaire est négatif."), Weight.DOUBT)
        if line.total is None:
            if facts.profile and not facts.profile.startswith("ZUGFeRD 1"):
                yield Fault("line", place, tr("le montant de la ligne manque."))
            continue
        if _too_precise(line.total):
            text = tr("le montant {amount} a plus de deux décimales.")
            yield Fault("line", place, text.format(amount=_said(line.total)), Weight.DOUBT)
        yield from _line_sum(line, place)
    counted = [line.total for line in _counted(facts)]
    if counted and None not in counted and facts.totals.lines is not None:
        exact = sum((total for total in counted if total is not None), ZERO)
        if _round(exact) != _round(facts.totals.lines):
            yield _differs(
                tr("totaux"),
                tr("le total des lignes"),
                facts.totals.lines,
                tr("les lignes font"),
                exact,
            )


def _line_sum(line: InvoiceLine, place: str) -> Iterator[Fault]:
    """Compare quantity by price, less allowances, with the amount of a line.

    A price was rounded to the decimals it is written with: as much is let pass.
    """
    if line.quantity is None or line.price is None or line.total is None or not line.price_basis:
        return
    times = line.quantity / line.price_basis
    expected = times * line.price + _net(line.adjustments)
    places = max(2, -int(line.price.as_tuple().exponent))
    tolerance = CENT + abs(times) * Decimal(5).scaleb(-places - 1)
    if abs(expected - line.total) > tolerance:
        fault = _differs(
            place,
            tr("le montant de la ligne"),
            line.total,
            tr("la quantité par le prix fait"),
            expected,
        )
        yield replace(fault, weight=Weight.DOUBT)


def _net(adjustments: tuple[Adjustment, ...]) -> Decimal:
    return sum(
        (each.amount if each.is_charge else -each.amount for each in adjustments if each.amount),
        ZERO,
    )


def _footing(facts: InvoiceFacts) -> Iterator[Fault]:
    totals, place = facts.totals, tr("totaux")
    charges = sum((a.amount for a in facts.adjustments if a.is_charge and a.amount), ZERO)
    allowances = sum((a.amount for a in facts.adjustments if not a.is_charge and a.amount), ZERO)
    if facts.adjustments:
        if totals.charges is not None and _round(charges) != _round(totals.charges):
            yield _differs(place, tr("le total des frais"), totals.charges, tr("ils font"), charges)
        if totals.allowances is not None and _round(allowances) != _round(totals.allowances):
            yield _differs(
                place, tr("le total des remises"), totals.allowances, tr("elles font"), allowances
            )
    if totals.lines is not None and totals.before_tax is not None:
        expected = totals.lines - (totals.allowances or ZERO) + (totals.charges or ZERO)
        if _round(expected) != _round(totals.before_tax):
            yield _differs(
                place,
                tr("le total hors taxe"),
                totals.before_tax,
                tr("lignes, remises et frais font"),
                expected,
            )
    yield from _grand_total(facts)
    yield from _due(facts)


def _grand_total(facts: InvoiceFacts) -> Iterator[Fault]:
    totals, place = facts.totals, tr("totaux")
    if totals.with_tax is None and totals.due is None:
        yield Fault("total", place, tr("le total à payer manque."))
        return
    if totals.with_tax is None or totals.before_tax is None:
        return
    expected = totals.before_tax + (totals.tax or ZERO)
    if _round(expected) != _round(totals.with_tax):
        yield _differs(
            place,
            tr("le total toutes taxes comprises"),
            totals.with_tax,
            tr("hors taxe et TVA font"),
            expected,
        )


def _due(facts: InvoiceFacts) -> Iterator[Fault]:
    totals, place = facts.totals, tr("totaux")
    if totals.due is None or facts.profile == "MINIMUM":  # it cannot tell what is prepaid
        return
    base = totals.with_tax
    if base is None:
        base = (totals.before_tax or ZERO) + (totals.tax or ZERO)
    expected = base - (totals.prepaid or ZERO) + (totals.rounding or ZERO)
    if _round(expected) != _round(totals.due):
        yield _differs(
            place,
            tr("le net à payer"),
            totals.due,
            tr("le total moins l’acompte fait"),
            expected,
        )


def _vat(facts: InvoiceFacts) -> Iterator[Fault]:
    place = tr("ventilation de la TVA")
    parts = [part for part in facts.vat if part.category or part.basis is not None]
    for part in parts:
        yield from _vat_part(facts, part)
    taxes = [part.tax for part in parts if part.tax is not None]
    if taxes and len(taxes) == len(parts) and facts.totals.tax is not None:
        exact = sum(taxes, ZERO)
        if _round(exact) != _round(facts.totals.tax):
            yield _differs(
                place, tr("le total de la TVA"), facts.totals.tax, tr("les taux font"), exact
            )
    yield from _vat_twice(parts)
    yield from _vat_lines(facts, parts)


def _vat_part(facts: InvoiceFacts, part: VatPart) -> Iterator[Fault]:
    place = _vat_place(part)
    if part.category in EXEMPT and not part.reason and part.basis:
        text = tr("aucune TVA n’est demandée, et la facture ne dit pas pourquoi.")
        yield Fault("vat", place, text, Weight.DOUBT)
    if part.category in UNTAXED and part.rate:
        text = tr("la catégorie {category} n’a pas de TVA, et un taux est donné.")
        yield Fault("vat", place, text.format(category=part.category), Weight.DOUBT)
    if part.rate is None or part.basis is None or part.tax is None:
        return
    expected = part.basis * part.rate / 100
    # VAT may be rounded on each line (BOI-TVA-LIQ-10): half a cent a line is let pass.
    slack = CENT + HALF_CENT * len(_of_rate(facts, part))
    if facts.currency in WHOLE_CURRENCIES:
        slack = Decimal(1)
    if abs(expected - part.tax) > slack:
        yield _differs(place, tr("la TVA"), part.tax, tr("la base par le taux fait"), expected)


def _vat_twice(parts: list[VatPart]) -> Iterator[Fault]:
    seen: set[tuple[str, Decimal | None]] = set()
    for part in parts:
        key = part.category, part.rate
        if key in seen:
            text = tr("ce taux est ventilé deux fois.")
            yield Fault("vat", _vat_place(part), text, Weight.DOUBT)
        seen.add(key)


def _of_rate(facts: InvoiceFacts, part: VatPart) -> list[Decimal]:
    """Return the amounts of lines, charges and allowances that a rate is asked of."""
    found = [
        line.total
        for line in _counted(facts)
        if line.total is not None and _same_rate(line.category, line.rate, part)
    ]
    found += [
        each.amount if each.is_charge else -each.amount
        for each in facts.adjustments
        if each.amount is not None and _same_rate(each.category, each.rate, part)
    ]
    return found


def _same_rate(category: str, rate: Decimal | None, part: VatPart) -> bool:
    return category == part.category and (rate or ZERO) == (part.rate or ZERO)


def _vat_lines(facts: InvoiceFacts, parts: list[VatPart]) -> Iterator[Fault]:
    """Compare the base of each rate with the lines it is asked of, when every line says its own."""
    lines = _counted(facts)
    if not lines or any(line.total is None or not line.category for line in lines):
        return
    known = {(part.category, part.rate or ZERO) for part in parts}
    if len(known) != len(parts):
        return
    for line in lines:
        if parts and (line.category, line.rate or ZERO) not in known:
            text = tr("son taux de TVA n’est pas dans la ventilation.")
            yield Fault("vat", line_place(line.rank, line.name), text, Weight.DOUBT)
    for part in parts:
        exact = sum(_of_rate(facts, part), ZERO)
        if part.basis is not None and _round(exact) != _round(part.basis):
            yield _differs(
                _vat_place(part), tr("la base de la TVA"), part.basis, tr("les lignes font"), exact
            )


def _vat_place(part: VatPart) -> str:
    if part.rate is None:
        return tr("TVA, catégorie {category}").format(category=part.category or "?")
    return tr("TVA à {rate} %").format(rate=number(part.rate.normalize() + 0))


def _differs(place: str, what: str, written: Decimal, rather: str, exact: Decimal) -> Fault:
    text = tr("{amount} dit {said}, mais {others} {sum}.")
    return Fault(
        "total" if place == tr("totaux") else "sum",
        place,
        text.format(amount=what, said=_said(written), others=rather, sum=_said(_round(exact))),
    )


def _said(amount: Decimal) -> str:
    return number(amount, 3 if _too_precise(amount) else 2)


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def _too_precise(amount: Decimal) -> bool:
    return amount != _round(amount)
