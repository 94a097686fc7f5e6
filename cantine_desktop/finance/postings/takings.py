"""Takings of services, and what people give besides."""

from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import (
    LARGEST,
    DraftEntry,
    DraftLine,
    credit,
    debit,
    post,
)
from cantine_desktop.finance.postings.facts import GiftFacts, TakingsFacts
from cantine_desktop.finance.postings.means import ACCOUNTS, INCOME, Means, Purpose
from cantine_desktop.finance.postings.model import Takings, TakingsPart, TallyLine
from cantine_desktop.finance.postings.services import payment_service
from cantine_desktop.i18n import tr
from cantine_desktop.storage.numbering import next_number
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money

ZERO = Money(0)
_ACTIVITIES = {Purpose.EVENTS: "ATELIERS", Purpose.ANCILLARY: "TRAITEUR", Purpose.GIFTS: "RESEAU"}
_MEMBERS = frozenset({Purpose.MEMBERSHIPS, Purpose.MEMBERSHIPS_WITH_BENEFIT})


def post_takings(session: Session, facts: TakingsFacts, now: datetime) -> Takings:
    """Keep the takings of a service and write their entry, in the same action.

    Args:
        session: The session of an action.
        facts: What came in.
        now: Present instant, aware.

    Raises:
        UserError: An amount is negative, or the tally does not sum to the meals.
    """
    _refuse_wrong(facts)
    reference = facts.reference or takings_reference(session, facts.day.year)
    takings = Takings(
        day=facts.day,
        reference=reference,
        service=facts.service,
        meals=facts.meals,
        offered=facts.offered,
        cooks=facts.cooks,
        newcomers=facts.newcomers,
        displayed_price=facts.displayed_price,
        corrects_id=facts.corrects,
    )
    takings.parts = [
        TakingsPart(means=means, purpose=purpose, amount=amount)
        for (means, purpose), amount in facts.parts.items()
        if amount
    ]
    takings.tally = [TallyLine(amount=a, count=n) for a, n in sorted(facts.tally.items()) if n]
    session.add(takings)
    session.flush()
    entry = _post_entry(session, facts, takings)
    takings.entry_id = entry.id if entry else None
    seal(session, [takings], now)
    return takings


def takings_reference(session: Session, year: int) -> str:
    """Return the next reference of takings: ``S2026-047``."""
    return f"S{year}-{next_number(session, 'takings', year):03d}"


def _post_entry(session: Session, facts: TakingsFacts, takings: Takings) -> Entry | None:
    lines = _lines(session, facts)
    if not lines:
        return None
    return post(
        session,
        DraftEntry(
            journal="VE",
            day=facts.day,
            label=tr("{service} du {day}").format(
                service=facts.service, day=f"{facts.day:%d/%m/%Y}"
            ),
            piece_ref=takings.reference,
            lines=lines,
            fact="takings",
            origin=facts.origin or ("takings", takings.id),
        ),
    )


def _lines(session: Session, facts: TakingsFacts) -> list[DraftLine]:
    received = dict.fromkeys(Means, ZERO)
    earned = dict.fromkeys(Purpose, ZERO)
    for (means, purpose), amount in facts.parts.items():
        received[means] += amount
        earned[purpose] += amount
    lines: list[DraftLine] = []
    for means, amount in received.items():
        party = payment_service(session, "HELLOASSO") if means is Means.HELLOASSO else None
        if amount:
            lines.append(debit(ACCOUNTS[means], amount, party=party))
    for purpose, amount in earned.items():
        activity = "RESEAU" if purpose in _MEMBERS else _ACTIVITIES.get(purpose, "REPAS")
        if amount:
            lines.append(credit(INCOME[purpose], amount, activity=activity))
    gap = facts.cash_difference
    if gap.cents > 0:
        lines += [debit(Role.CASH, gap), credit(Role.CASH_OVERAGE, gap, activity="REPAS")]
    if gap.cents < 0:
        lines += [debit(Role.CASH_SHORTAGE, -gap, activity="REPAS"), credit(Role.CASH, -gap)]
    return lines


def _refuse_wrong(facts: TakingsFacts) -> None:
    if any(amount.cents < 0 for amount in facts.parts.values()):
        raise UserError(tr("Une recette n’est pas négative."))
    if any(amount.cents > LARGEST for amount in facts.parts.values()):
        raise UserError(tr("Ce montant est trop grand pour être juste : vérifiez-le."))
    if min(facts.meals, facts.offered, facts.cooks, facts.newcomers) < 0:
        raise UserError(tr("Un nombre de personnes n’est pas négatif."))
    if not facts.tally:
        return
    if sum(facts.tally.values()) != facts.meals:
        raise UserError(
            tr("Le décompte parle de {counted} repas, la clôture de {meals}.").format(
                counted=sum(facts.tally.values()), meals=facts.meals
            )
        )
    counted = sum(amount.cents * n for amount, n in facts.tally.items())
    paid = sum(a.cents for (_means, purpose), a in facts.parts.items() if purpose is Purpose.MEALS)
    if counted != paid:
        raise UserError(tr("Le décompte des montants ne fait pas le total des contributions."))


def post_gift(session: Session, facts: GiftFacts) -> Entry:
    """Write the entry of a gift: 754110, or 754200 from a company."""
    party = payment_service(session, "HELLOASSO") if facts.means is Means.HELLOASSO else None
    income = Role.PATRONAGE if facts.is_patronage else Role.GIFTS
    return post(
        session,
        DraftEntry(
            journal="VE",
            day=facts.day,
            label=facts.label,
            piece_ref=facts.reference,
            lines=(
                debit(ACCOUNTS[facts.means], facts.amount, party=party),
                credit(income, facts.amount, activity="RESEAU", project=facts.project),
            ),
            fact="gift",
            origin=facts.origin,
        ),
    )
