"""The draft of a closing: made once, saved at any moment, fed by the counter too."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.price.model import DisplayedPrice
from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing.balance import figures
from cantine_desktop.meals.closing.facts import ClosingFacts, Named, Sponsored
from cantine_desktop.meals.closing.model import (
    ClosingCoin,
    ClosingHeard,
    ClosingPart,
    ClosingTally,
    ClosingWaste,
    ServiceClosing,
    SponsoredMeals,
)
from cantine_desktop.meals.closing.names import keep_names, names_of
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.services.model import ContributionMode, MealService, ServiceState
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.money import Money

PLAIN = (
    "mode",
    "diners",
    "cooks",
    "newcomers",
    "children",
    "team",
    "offered",
    "given",
    "float_amount",
    "cash_reason",
    "cash_note",
    "bag",
    "checked_by",
    "leftovers",
    "word",
    "displayed_price",
)
"""Fields of ``ClosingFacts`` that are columns of the same name."""

ROWS = ("tally", "parts", "sponsored", "wastes", "heard", "coins")
"""Rows of a closing."""


def draft_of(session: Session, service_id: int, now: datetime) -> ServiceClosing:
    """Return the draft of a service, made when there is none.

    Args:
        session: The session of an action.
        service_id: The service.
        now: Present instant, aware.

    Raises:
        UserError: The service is closed already, or cancelled.
    """
    found = session.scalar(
        select(ServiceClosing)
        .where(ServiceClosing.service_id == service_id)
        .order_by(ServiceClosing.id.desc())
        .limit(1)
    )
    if found is not None and not found.is_sealed:
        return found
    service = session.get_one(MealService, service_id)
    if found is not None:
        raise UserError(tr("Ce service est déjà clôturé : corrigez plutôt sa clôture."))
    if service.state is ServiceState.CANCELLED:
        raise UserError(tr("Ce service est annulé : rétablissez-le d’abord dans le calendrier."))
    blank = blank_facts(session, service)
    draft = ServiceClosing(
        service_id=service_id,
        mode=blank.mode,
        float_amount=blank.float_amount,
        displayed_price=blank.displayed_price,
        drafted_at=now,
    )
    for each in ROWS:
        setattr(draft, each, [])  # known to be empty: nothing is read to learn it
    session.add(draft)
    session.flush()
    return draft


def blank_facts(session: Session, service: MealService) -> ClosingFacts:
    """Return what a closing begins with, before anybody drafts it."""
    chosen = policy(session)
    query = select(DisplayedPrice.amount).where(DisplayedPrice.since <= service.day)
    with watch_of(session).pause():  # everybody reads it on the poster, the counter too
        price = session.scalar(query.order_by(DisplayedPrice.since.desc()).limit(1))
    return ClosingFacts(
        mode=service.mode or chosen.mode,
        float_amount=chosen.float_amount,
        tolerated=chosen.tolerated,
        displayed_price=price,
    )


def save(session: Session, closing_id: int, facts: ClosingFacts, now: datetime) -> ServiceClosing:
    """Keep a draft as it is typed, balanced or not.

    Args:
        session: The session of an action.
        closing_id: The draft.
        facts: All that is typed.
        now: Present instant, aware.

    Raises:
        UserError: It was closed meanwhile, or names are not allowed here.
    """
    row = session.get_one(ServiceClosing, closing_id)
    if row.is_sealed:
        raise UserError(tr("Ce service est déjà clôturé : corrigez plutôt sa clôture."))
    write(session, row, facts)
    row.drafted_at = now
    session.flush()
    return row


def add_to_tally(
    session: Session, service_id: int, amount: Money, n: int, now: datetime
) -> ServiceClosing:
    """Strike boxes of the tally of a service: the counter’s tap; a negative number takes back.

    Args:
        session: The session of an action.
        service_id: The service.
        amount: What each gave.
        n: How many people.
        now: Present instant, aware.

    Raises:
        UserError: The service is closed, or fewer boxes than that are struck.
    """
    row = draft_of(session, service_id, now)
    if amount.cents < 0:
        raise UserError(tr("Un montant n’est pas négatif."))
    counts = {each.amount: each.count for each in row.tally}
    counts[amount] = counts.get(amount, 0) + n
    if counts[amount] < 0:
        raise UserError(tr("Aucune contribution de ce montant n’est notée."))
    row.mode = ContributionMode.TALLY
    _match(row.tally, _struck(counts), "amount", "count", ClosingTally)
    row.drafted_at = now
    session.flush()
    return row


def add_people(
    session: Session,
    service_id: int,
    now: datetime,
    *,
    diners: int = 0,
    cooks: int = 0,
    newcomers: int = 0,
    children: int = 0,
) -> ServiceClosing:
    """Count people who arrive, in the draft of a service; negative numbers take back.

    Args:
        session: The session of an action.
        service_id: The service.
        now: Present instant, aware.
        diners: At table, the others included.
        cooks: Of whom cook.
        newcomers: Of whom come for the first time.
        children: Of whom are children.

    Raises:
        UserError: The service is closed, or fewer people than that are counted.
    """
    row = draft_of(session, service_id, now)
    told = {"diners": diners, "cooks": cooks, "newcomers": newcomers, "children": children}
    for name, n in told.items():
        if not n:
            continue
        count = (getattr(row, name) or 0) + n
        if count < 0:
            raise UserError(tr("Il n’y a plus personne à retirer."))
        setattr(row, name, count)
    row.drafted_at = now
    session.flush()
    return row


def facts_of(session: Session, row: ServiceClosing, tolerated: Money | None = None) -> ClosingFacts:
    """Return what a closing says, to show it, to close it, or to correct it from.

    Args:
        session: Where to read.
        row: A draft, or a sealed closing.
        tolerated: Difference of the till that needs no reason; by default the canteen’s.
    """
    names = _named(session, row) if row.mode is ContributionMode.NAMED else ()
    return ClosingFacts(
        **{name: getattr(row, name) for name in PLAIN},
        total=row.contributions_total if row.mode is ContributionMode.TOTAL else None,
        tally={each.amount: each.count for each in row.tally},
        names=names,
        purposes={p.purpose: p.amount for p in row.parts if p.purpose is not None},
        means={p.means: p.amount for p in row.parts if p.means is not None},
        sponsored=tuple(Sponsored(s.payer, s.count, s.amount) for s in row.sponsored),
        coins={each.denomination: each.quantity for each in row.coins},
        tolerated=policy(session).tolerated if tolerated is None else tolerated,
        waste={each.stage: each.grams for each in row.wastes},
        heard={each.heard: each.count for each in row.heard},
    )


def _named(session: Session, row: ServiceClosing) -> tuple[Named, ...]:
    """Return who gave what; amounts whose names were forgotten are nobody’s."""
    known = names_of(session, row.service_id)
    left = {each.amount: each.count for each in row.tally}
    for each in known:
        left[each.amount] = left.get(each.amount, 0) - 1
    nobody = [Named("", amount) for amount, n in left.items() for _one in range(n)]
    return (*known, *nobody)


def write(session: Session, row: ServiceClosing, facts: ClosingFacts) -> None:
    """Write facts into a closing that is not sealed; what is alike is left as it is."""
    facts = replace(
        facts,
        cash_note=facts.cash_note.strip(),
        bag=facts.bag.strip(),
        checked_by=facts.checked_by.strip(),
        leftovers=facts.leftovers.strip(),
        word=facts.word.strip(),
    )
    was_named = row.mode is ContributionMode.NAMED
    for name in PLAIN:
        if getattr(row, name) != getattr(facts, name):
            setattr(row, name, getattr(facts, name))
    found = figures(facts)
    row.contributions_total = facts.total if facts.mode is ContributionMode.TOTAL else None
    row.cash_counted = found.counted
    row.cash_expected = None if found.cash_due is None else found.cash_due + facts.float_amount
    _match(row.tally, _struck(found.tally), "amount", "count", ClosingTally)
    _match(row.wastes, facts.waste, "stage", "grams", ClosingWaste)
    _match(row.heard, _struck(facts.heard), "heard", "count", ClosingHeard)
    _match(row.coins, facts.coins, "denomination", "quantity", ClosingCoin)
    _write_parts(row, facts)
    _write_sponsored(row, facts)
    named = facts.names if facts.mode is ContributionMode.NAMED else ()
    if was_named or named:
        keep_names(session, row.service_id, named)


def _struck(counts: Mapping[Any, int]) -> dict[Any, int]:
    return {key: n for key, n in counts.items() if n > 0}


def _match(
    rows: list[Any], wanted: Mapping[Any, Any], key: str, value: str, make: Callable[..., Any]
) -> None:
    """Make rows say what is wanted: one that says it stays, so that history stays short."""
    known = {getattr(row, key): row for row in rows}
    for gone in known.keys() - wanted.keys():
        rows.remove(known[gone])
    for each, told in wanted.items():
        row = known.get(each)
        if row is None:
            rows.append(make(**{key: each, value: told}))
        elif getattr(row, value) != told:
            setattr(row, value, told)


def _write_parts(row: ServiceClosing, facts: ClosingFacts) -> None:
    told: dict[tuple[Means | None, Purpose | None], Money] = {}
    told |= {(means, None): amount for means, amount in facts.means.items() if amount}
    told |= {(None, purpose): amount for purpose, amount in facts.purposes.items() if amount}
    known = {(part.means, part.purpose): part for part in row.parts}
    _drop(row.parts, (part for spot, part in known.items() if spot not in told))
    for spot, amount in told.items():
        part = known.get(spot)
        if part is None:
            row.parts.append(ClosingPart(means=spot[0], purpose=spot[1], amount=amount))
        elif part.amount != amount:
            part.amount = amount


def _write_sponsored(row: ServiceClosing, facts: ClosingFacts) -> None:
    told = [each for each in facts.sponsored if each.count > 0]
    for known, each in zip(row.sponsored, told, strict=False):
        for name in ("payer", "count", "amount"):
            if getattr(known, name) != getattr(each, name):
                setattr(known, name, getattr(each, name))
    _drop(row.sponsored, row.sponsored[len(told) :])
    for each in told[len(row.sponsored) :]:
        row.sponsored.append(SponsoredMeals(payer=each.payer, count=each.count, amount=each.amount))


def _drop(rows: list[Any], gone: Iterable[Any]) -> None:
    for row in list(gone):
        rows.remove(row)
