"""What comes next for an event, in words, and whether it has waited too long."""

from datetime import date
from typing import NamedTuple

from cantine_desktop.i18n import money, tr, trn
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.model import EventKind, EventState, PrivateEvent
from cantine_desktop.meals.events.reminding import Reminding
from cantine_desktop.values.money import Money

ENQUIRY_WAITS = 3
"""Days a request may wait for its quote."""
INVOICE_WAITS = 7
"""Days an event that was held may wait for its invoice."""

Step = tuple[str, bool]
"""Words, and whether it has waited too long."""


class Standing(NamedTuple):
    """Where an event stands.

    Attributes:
        left: What is still to be paid of what was invoiced; below zero is to give back.
        remind: The reminder that is due, if one is.
    """

    state: EventState
    left: Money
    remind: Reminding | None


def next_step(event: PrivateEvent, standing: Standing, today: date) -> Step:
    """Return what comes next; empty words when nothing does."""
    state, left, remind = standing
    if remind is not None:
        return remind.words, True
    if left.cents < 0:
        return tr("À rembourser : {amount}").format(amount=money(-left)), True
    if state in OVER and not left:
        return event.reason, False
    if left and (state in OVER or state is EventState.INVOICED):
        return tr("Reste {left} à recevoir").format(left=money(left)), False
    return _by_state(event, state, left, today)


def _by_state(event: PrivateEvent, state: EventState, left: Money, today: date) -> Step:
    if state is EventState.ENQUIRY:
        waited = (today - event.asked_on).days
        words = trn("Devis à faire, depuis {n} jour", "Devis à faire, depuis {n} jours", waited)
        return words, waited > ENQUIRY_WAITS
    if state is EventState.QUOTED:
        return tr("Réponse attendue"), False
    if state is EventState.ACCEPTED:
        return _before(event, left, today)
    if state is EventState.HELD:
        late = (today - event.day).days
        words = trn("À facturer, tenu il y a {n} jour", "À facturer, tenu il y a {n} jours", late)
        return words, late > INVOICE_WAITS
    return "", False


def _before(event: PrivateEvent, left: Money, today: date) -> Step:
    if event.service_id is None and event.kind is not EventKind.CATERING:
        return tr("À mettre au calendrier"), True
    if left:
        return tr("Acompte attendu : {left}").format(left=money(left)), False
    if event.day == today:
        return tr("C’est aujourd’hui"), False
    return trn("Dans {n} jour", "Dans {n} jours", (event.day - today).days), False
