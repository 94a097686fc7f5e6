"""Writing down events: what is asked, the lines of the quote, what it costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.identifiers import is_siren, is_siret, plain
from cantine_desktop.i18n import tr
from cantine_desktop.meals.events.model import (
    CostKind,
    EventCost,
    EventKind,
    EventLine,
    EventPaper,
    EventState,
    PrivateEvent,
)
from cantine_desktop.values.money import Money

LARGEST = Money(10_000_000)
"""What one line may amount to: 100 000 €."""

OVER = frozenset({EventState.DECLINED, EventState.CANCELLED})
"""States in which nothing more happens."""


class LineFacts(NamedTuple):
    """A line of a quote as it is typed."""

    label: str
    quantity: Decimal
    unit_price: Money

    @property
    def amount(self) -> Money:
        """Quantity times price, rounded to the cent once."""
        return self.unit_price * self.quantity


class CostFacts(NamedTuple):
    """A cost as it is typed; ``met`` is ``None`` while only the plan is known."""

    label: str
    quantity: Decimal
    unit_cost: Money
    kind: CostKind = CostKind.OTHER
    met: Money | None = None


@dataclass(frozen=True)
class EventFacts:
    """An event as somebody types it; see ``PrivateEvent`` for what each value means."""

    kind: EventKind
    title: str
    customer: str
    day: date
    people: int
    asked_on: date
    contact: str = ""
    siren: str = ""
    is_professional: bool = True
    deposit_rate: int = 30
    note: str = ""
    lines: tuple[LineFacts, ...] = ()
    costs: tuple[CostFacts, ...] = ()


_OWN = ("kind", "day", "people", "asked_on", "is_professional", "deposit_rate")


def save_event(
    session: Session, facts: EventFacts, event: PrivateEvent | None = None
) -> PrivateEvent:
    """Keep an event, new or changed; papers that were issued stay as they were.

    Args:
        session: The session of an action.
        facts: What is known of it.
        event: The one to change; ``None`` adds one.

    Raises:
        UserError: It has no title or customer, nobody comes, a line makes no sense, or it is
            invoiced: only a credit note changes it then.
    """
    siren = _siren(facts)
    _refuse_wrong(facts)
    if event is None:
        event = PrivateEvent(
            kind=facts.kind,
            title=facts.title.strip(),
            customer="",
            day=facts.day,
            people=facts.people,
            asked_on=facts.asked_on,
        )
        session.add(event)
    elif event.state is EventState.INVOICED:
        _refuse_other_lines(event, facts)
    event.title, event.customer = facts.title.strip(), _trimmed(facts.customer)
    event.contact, event.note, event.siren = facts.contact.strip(), facts.note.strip(), siren
    for name in _OWN:
        setattr(event, name, getattr(facts, name))
    _keep_lines(event, facts.lines)
    _keep_costs(event, facts.costs)
    session.flush()
    return event


def facts_of(event: PrivateEvent) -> EventFacts:
    """Return an event as a form holds it."""
    return EventFacts(
        title=event.title,
        customer=event.customer,
        contact=event.contact,
        siren=event.siren,
        note=event.note,
        lines=lines_of(event),
        costs=tuple(
            CostFacts(each.label, each.quantity, each.unit_cost, each.kind, each.met)
            for each in event.costs
        ),
        **{name: getattr(event, name) for name in _OWN},
    )


def lines_of(event: PrivateEvent) -> tuple[LineFacts, ...]:
    """Return the lines of its quote, in order."""
    return tuple(LineFacts(each.label, each.quantity, each.unit_price) for each in event.lines)


def total_of(event: PrivateEvent) -> Money:
    """Return what its lines amount to."""
    return Money(sum(line.amount.cents for line in event.lines))


def customer_name(event: PrivateEvent) -> str:
    """Return who asks for it, without the address."""
    return event.customer.partition("\n")[0]


def remove_event(session: Session, event: PrivateEvent) -> None:
    """Remove an event of which no paper was issued.

    Raises:
        UserError: A numbered paper speaks of it.
    """
    if session.scalar(select(EventPaper.id).where(EventPaper.event_id == event.id).limit(1)):
        raise UserError(
            tr("Un devis ou une facture numérotés en parlent : annulez-le, il ne s’efface plus.")
        )
    session.delete(event)
    session.flush()


def _refuse_wrong(facts: EventFacts) -> None:
    if not facts.title.strip() or not facts.customer.strip():
        raise UserError(tr("Donnez un objet et le nom du client."))
    if facts.people < 1:
        raise UserError(tr("Tapez pour combien de personnes, une au moins."))
    if not 0 <= facts.deposit_rate <= 100:
        raise UserError(tr("L’acompte va de 0 à 100 % du devis."))
    for cost in facts.costs:
        if not cost.label.strip() or cost.quantity < 0:
            raise UserError(tr("Chaque coût a un nom et une quantité."))
    _refuse_wrong_lines(facts.lines)


def _refuse_wrong_lines(lines: tuple[LineFacts, ...]) -> None:
    for line in lines:
        if not line.label.strip():
            raise UserError(tr("Chaque ligne du devis dit ce qu’elle compte."))
        if line.quantity <= 0:
            raise UserError(
                tr("« {label} » : la quantité est plus grande que zéro.").format(label=line.label)
            )
        if abs(line.amount.cents) > LARGEST.cents:
            raise UserError(
                tr("« {label} » : ce montant est trop grand pour être juste.").format(
                    label=line.label
                )
            )
    if lines and sum(line.amount.cents for line in lines) < 0:
        raise UserError(tr("Le devis ne peut pas être négatif : réduisez la remise."))


def _refuse_other_lines(event: PrivateEvent, facts: EventFacts) -> None:
    before = facts_of(event)
    same = all(
        getattr(before, name) == getattr(facts, name)
        for name in ("kind", "day", "lines", "siren", "is_professional")
    )
    if not same or before.customer != _trimmed(facts.customer):
        raise UserError(
            tr(
                "Cet événement est facturé : sa date, son client et ses lignes ne changent plus. "
                "Faites d’abord un avoir."
            )
        )


def _siren(facts: EventFacts) -> str:
    """Return the SIREN of a customer, also out of a SIRET.

    Raises:
        UserError: The digits are not those of a SIREN or a SIRET.
    """
    digits = plain(facts.siren)
    if not digits or is_siren(digits):
        return digits
    if is_siret(digits):
        return digits[:9]
    raise UserError(
        tr(
            "« {siren} » n’est pas un SIREN : neuf chiffres, sur le site ou les papiers du client."
        ).format(siren=facts.siren.strip())
    )


def _trimmed(text: str) -> str:
    """Return lines of an address, without empty ones."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def _keep_lines(event: PrivateEvent, lines: tuple[LineFacts, ...]) -> None:
    if lines_of(event) != lines:
        event.lines = [
            EventLine(
                rank=rank,
                label=line.label.strip(),
                quantity=line.quantity,
                unit_price=line.unit_price,
            )
            for rank, line in enumerate(lines, 1)
        ]


def _keep_costs(event: PrivateEvent, costs: tuple[CostFacts, ...]) -> None:
    event.costs = [
        EventCost(
            label=cost.label.strip(),
            quantity=cost.quantity,
            unit_cost=cost.unit_cost,
            kind=cost.kind,
            met=cost.met,
        )
        for cost in costs
    ]
