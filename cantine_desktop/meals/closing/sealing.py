"""Closing a service for good: its takings, its till, its sponsored meals, in one action.

A difference of the till is written once, by the count of the till; the takings never tell one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash import recording
from cantine_desktop.finance.cash.counting import CountFacts, count
from cantine_desktop.finance.cash.denominations import Pieces, bag_of
from cantine_desktop.finance.cash.holdings import held_on, refuse_overdraw
from cantine_desktop.finance.cash.model import Reason
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.meals.closing.balance import Figures, allocate, figures
from cantine_desktop.meals.closing.drafting import facts_of, write
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.closing.sponsoring import carry_over, post_sponsored
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.queries import title
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money

ZERO = Money(0)


@dataclass(frozen=True)
class _Act:
    """Who closes what, when, and what it says."""

    service: MealService
    row: ServiceClosing
    facts: ClosingFacts
    found: Figures
    day: date
    initials: str
    now: datetime


def close(session: Session, closing_id: int, initials: str, now: datetime) -> Takings:
    """Close a service: takings, entry, count of the till and seal, all or nothing.

    Args:
        session: The session of an action; it cannot be undone, only corrected.
        closing_id: The draft.
        initials: Of who closes.
        now: Present instant, aware.

    Raises:
        UserError: It does not balance, it is closed already, or the accounts refuse the day.
    """
    row = session.get_one(ServiceClosing, closing_id)
    service = session.get_one(MealService, row.service_id)
    if row.is_sealed:
        raise UserError(tr("Ce service est déjà clôturé : corrigez plutôt sa clôture."))
    facts = facts_of(session, row)
    act = _Act(service, row, facts, figures(facts), service.day, initials.strip(), now)
    _refuse(act)
    before = held_on(session, service.day)
    if act.found.counted is not None:
        _refuse_float(facts.float_amount, before)
    takings = recording.take(session, _takings_facts(act), now)
    if act.found.counted is not None:
        _count(session, act, before - facts.float_amount, act.facts.cash_reason)
    post_sponsored(session, row, service, act.day)
    service.state = ServiceState.CLOSED
    _seal(session, act, takings)
    return takings


def correct(
    session: Session,
    closing_id: int,
    facts: ClosingFacts,
    reason: str,
    initials: str,
    now: datetime,
) -> Takings:
    """Put another sealed closing in the place of a wrong one; the wrong one stays readable.

    Args:
        session: The session of an action.
        closing_id: The wrong closing.
        facts: All that is right (``drafting.facts_of`` gives what to change).
        reason: Why, in a few words.
        initials: Of who corrects.
        now: Present instant, aware.

    Raises:
        UserError: It is a draft, it was corrected already, no reason is given, the facts do
            not balance, or the accounts refuse.
    """
    wrong = session.get_one(ServiceClosing, closing_id)
    _refuse_correction(session, wrong, reason)
    service = session.get_one(MealService, wrong.service_id)
    assert wrong.takings_id is not None
    row = ServiceClosing(
        service_id=wrong.service_id,
        mode=facts.mode,
        corrects_id=wrong.id,
        reason=reason.strip(),
        drafted_at=now,
    )
    session.add(row)
    session.flush()
    write(session, row, facts)
    session.flush()
    day = _day_for(session, service.day, civil_date(now))
    act = _Act(service, row, facts, figures(facts), day, initials.strip(), now)
    _refuse(act)
    takings = recording.correct(
        session, wrong.takings_id, _takings_facts(act), reason, now, is_counted_next=True
    )
    _count_again(session, act, wrong)
    refuse_overdraw(session, day)
    carry_over(session, wrong, row, service, day)
    _seal(session, act, takings)
    return takings


def _refuse(act: _Act) -> None:
    if act.service.state is ServiceState.CANCELLED:
        raise UserError(tr("Ce service est annulé : rétablissez-le d’abord dans le calendrier."))
    if act.service.day > civil_date(act.now):
        raise UserError(
            tr("Ce service a lieu le {day} : on le clôture après le repas.").format(
                day=long_day(act.service.day)
            )
        )
    if not act.initials:
        raise UserError(tr("Signez de vos initiales."))
    if act.found.faults:
        raise UserError("\n".join(act.found.problems))


def _refuse_correction(session: Session, wrong: ServiceClosing, reason: str) -> None:
    if not wrong.is_sealed:
        raise UserError(tr("Ce n’est qu’un brouillon : changez-le, puis clôturez."))
    query = select(ServiceClosing.id).where(ServiceClosing.corrects_id == wrong.id).limit(1)
    if session.scalar(query) is not None:
        raise UserError(tr("Cette clôture est déjà corrigée : corrigez celle d’après."))
    if not reason.strip():
        raise UserError(tr("Dites en quelques mots pourquoi cette clôture est corrigée."))


def _refuse_float(float_amount: Money, before: Money) -> None:
    """Let pass a till that held its float, by the book, before the service.

    Raises:
        UserError: It held less: the count would call the float a gain.
    """
    if before < float_amount:
        raise UserError(
            tr(
                "Avant ce service, le livre de caisse n’a que {before}, pour un fond de {float}. "
                "Notez d’abord ce fond dans la caisse (« Mouvement de caisse »), ou tapez ici "
                "le fond qu’il y avait."
            ).format(before=money(before), float=money(float_amount))
        )


def _takings_facts(act: _Act) -> TakingsFacts:
    facts, found = act.facts, act.found
    return TakingsFacts(
        act.day,
        title(act.service),
        allocate(facts, found),
        found.contributions or 0,
        found.sponsored + found.offered,
        facts.cooks or 0,
        facts.newcomers or 0,
        facts.displayed_price,
        found.tally,
    )


def _count(session: Session, act: _Act, aside: Money, reason: Reason | None) -> None:
    """Count the till; what the book holds besides the float waits elsewhere for the bank."""
    pieces = {d: Pieces(quantity=n) for d, n in act.facts.coins.items()}
    bag = bag_of(pieces, act.facts.float_amount) if act.facts.bag else {}
    kept = count(
        session,
        CountFacts(
            act.day,
            {d: Pieces(each.quantity, 0, bag.get(d, 0)) for d, each in pieces.items()},
            act.initials,
            act.facts.float_amount,
            act.facts.checked_by,
            reason,
            act.facts.cash_note or act.row.reason,
            act.facts.bag,
            title(act.service),
            aside,
            act.facts.tolerated,
        ),
        act.now,
    )
    act.row.cash_count_id = kept.id


def _count_again(session: Session, act: _Act, wrong: ServiceClosing) -> None:
    """Count once more for a correction, so that the differences written sum to the right one."""
    found, told = act.found, _gap_of(wrong)
    if found.counted is None:
        return
    same = (wrong.cash_counted, wrong.cash_expected) == (
        act.row.cash_counted,
        act.row.cash_expected,
    )
    if same:
        act.row.cash_count_id = wrong.cash_count_id
        return
    assert found.cash_due is not None
    expected = act.facts.float_amount + found.cash_due + told
    aside = held_on(session, act.day) - expected
    _refuse_float(act.facts.float_amount, aside + act.facts.float_amount)
    _count(session, act, aside, act.facts.cash_reason or Reason.OTHER)


def _gap_of(row: ServiceClosing) -> Money:
    if row.cash_counted is None or row.cash_expected is None:
        return ZERO
    return row.cash_counted - row.cash_expected


def _day_for(session: Session, day: date, today: date) -> date:
    """Return the day of a correction: that of the service while it takes entries, or today."""
    year = find_year(session, day)
    if year is None or year.is_sealed:
        return today
    is_locked = year.locked_until is not None and day < year.locked_until
    return today if is_locked else day


def _seal(session: Session, act: _Act, takings: Takings) -> None:
    row = act.row
    row.contributions_total = act.found.total
    row.takings_id, row.reference = takings.id, takings.reference
    row.closed_by, row.closed_at = act.initials, act.now
    session.flush()
    seal(session, [row], act.now)
