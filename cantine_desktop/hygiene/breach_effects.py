"""What corrective actions do besides being written: the catalogue, with its effects as data.

The plan names its actions by a code, ``A-MOVE``; each says what follows from it: food set
aside, a recheck due, something to be mended, a question to ask, somebody to tell.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breaches, lots
from cantine_desktop.hygiene.breach_closing import charge
from cantine_desktop.hygiene.breach_tables import (
    Breach,
    CauseGroup,
    Decision,
    LotState,
)
from cantine_desktop.hygiene.breaches import Recheck
from cantine_desktop.hygiene.equipment import keeping, maintenance
from cantine_desktop.hygiene.equipment.model import Calibration, MaintenanceTicket
from cantine_desktop.hygiene.equipment.naming import equipment_named
from cantine_desktop.hygiene.model import READINGS, Reading
from cantine_desktop.hygiene.phrases import CAUSES, OTHER_CAUSES
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.i18n import hour, tr

LATEST = time(18)
"""A recheck due the same day is due at this hour, or in an hour when it is later."""

TOO_LONG = 30
"""Minutes below 63 °C after which a hot dish is not brought back but thrown away. Source: BP."""


class Asks(StrEnum):
    """What an action must be told to make sense."""

    CORE = "core_temperature"
    TARGET = "target_equipment"
    GAP = "gap_minutes"
    PRODUCT = "product"


class Tells(StrEnum):
    """Who must hear of it."""

    SUPPLIER = "supplier"
    DDPP = "ddpp_if_served"


class Lead(StrEnum):
    """Where an action goes on, once it is written: the key of a screen."""

    SUSPECTS = "equipment"
    OUTBREAK = "outbreak"


class Effects(NamedTuple):
    """What follows from one or several actions.

    Attributes:
        lot: What becomes of the food; the gravest of them.
        waits: How soon to check again; ``None`` when nothing is to be checked.
        same_day: The check is due before the evening.
        ticket: Something is to be mended.
        aside: The instrument is not to be used any more.
        leads: Where to go on.
        asks: What to ask.
        tells: Who to tell.
        reminds: What else is to be done, in words to show.
    """

    lot: LotState | None = None
    waits: timedelta | None = None
    same_day: bool = False
    ticket: bool = False
    aside: bool = False
    leads: frozenset[Lead] = frozenset()
    asks: frozenset[Asks] = frozenset()
    tells: tuple[Tells, ...] = ()
    reminds: tuple[str, ...] = ()

    def due(self, now: datetime) -> datetime | None:
        """Return the instant by which to check again, if at all."""
        if self.waits is not None:
            return now + self.waits
        if not self.same_day:
            return None
        evening = datetime.combine(civil_date(now), LATEST, PARIS)
        return max(evening, now + timedelta(hours=1))


_LOTS = {
    "refused": LotState.REFUSED,
    "accepted_with_reserve": LotState.RESERVED,
    "blocked": LotState.BLOCKED,
    "destroyed": LotState.DESTROYED,
}
_GRAVEST = (LotState.DESTROYED, LotState.REFUSED, LotState.BLOCKED, LotState.RESERVED)
_WAITS = {"recheck_60min": timedelta(hours=1), "remeasure": timedelta(minutes=15)}
_TICKETS = frozenset({"maintenance_ticket", "contractor_call"})
_DECISIONS = {
    LotState.REFUSED: Decision.RETURNED,
    LotState.RESERVED: Decision.RESERVED,
    LotState.BLOCKED: Decision.BLOCKED,
    LotState.DESTROYED: Decision.DESTROYED,
}


@dataclass(frozen=True)
class Deed:
    """What somebody says about a breach, as typed in the strip or the form.

    Attributes:
        breach_id: The breach.
        cause: Why it happened.
        action: What was done.
        initials: Who did it.
        codes: Actions of the catalogue it stands for.
        recheck: What was found when looking again, if someone did.
        recheck_due: When someone must; ``None`` leaves it to the actions.
        product: The food concerned, with ``lot`` and ``quantity``.
        core_celsius: Degrees at its core.
        gap_minutes: Minutes it spent out of bounds.
        moved_to: Where it went.
        cause_group: The M of the cause; ``None`` takes that of a usual phrase.
        responsible: Who does what remains, by ``due_on``.
    """

    breach_id: int
    cause: str
    action: str
    initials: str = ""
    codes: tuple[str, ...] = ()
    recheck: Recheck | None = None
    recheck_due: datetime | None = None
    product: str = ""
    lot: str = ""
    quantity: str = ""
    core_celsius: Decimal | None = None
    gap_minutes: int | None = None
    moved_to: str = ""
    cause_group: CauseGroup | None = None
    responsible: str = ""
    due_on: date | None = None


def known_actions() -> Mapping[str, str]:
    """Return every action of the catalogue by its code, in words."""
    return {code: action.name for code, action in shipped().actions.items()}


def effects_of(codes: Iterable[str]) -> Effects:
    """Return what follows from actions, by their codes; an unknown one has no effect."""
    actions = shipped().actions
    every = [actions[code].effects for code in codes if code in actions]
    states = {_LOTS[str(told["lot"])] for told in every if "lot" in told}
    schedules = [str(told["schedules"]) for told in every if "schedules" in told]
    waits = [_WAITS[word] for word in schedules if word in _WAITS]
    asks = {Asks(str(told["asks"])) for told in every if "asks" in told}
    lot = next((state for state in _GRAVEST if state in states), None)
    return Effects(
        lot=lot,
        waits=min(waits, default=None),
        same_day="recheck_same_day" in schedules,
        ticket=any(told.get("creates") in _TICKETS for told in every),
        aside=any(told.get("equipment") == "out_of_service" for told in every),
        leads=frozenset(_leads(every)),
        asks=frozenset(asks | ({Asks.PRODUCT} if lot is not None else set())),
        tells=tuple(Tells(str(told["notify"])) for told in every if "notify" in told),
        reminds=tuple(dict.fromkeys(_reminders(every))),
    )


def do(session: Session, deed: Deed, now: datetime) -> tuple[str, ...]:
    """Write what was done about a breach, with all that follows from it.

    Returns:
        What is now in force or still to be done, in sentences to show.

    Raises:
        UserError: A word is missing, or what it needs: the product of food set aside.
    """
    effects = effects_of(deed.codes)
    _check(deed, effects)
    breach = session.get_one(Breach, deed.breach_id)
    said: list[str] = []
    if not breach.is_sealed:
        said += _change(session, breach, deed, effects, now)
    due = deed.recheck_due
    if due is None and deed.recheck is None:
        due = effects.due(now)
    done = breaches.act(
        session,
        breach.id,
        deed.cause,
        deed.action,
        now,
        initials=deed.initials,
        recheck=deed.recheck,
        recheck_due=due,
        codes=deed.codes,
    )
    done.core_celsius, done.gap_minutes = deed.core_celsius, deed.gap_minutes
    done.moved_to = deed.moved_to.strip()
    return (*said, *_what_remains(deed, effects, due))


def _change(
    session: Session, breach: Breach, deed: Deed, effects: Effects, now: datetime
) -> Iterator[str]:
    """Change what the breach leads to: its cause, who is in charge, food, repairs."""
    breach.cause_group = deed.cause_group or breach.cause_group or group_of(deed.cause)
    if deed.due_on is not None or deed.responsible:
        charge(session, breach.id, deed.responsible, deed.due_on, now)
    if effects.lot is not None:
        yield from _set_aside(session, breach, deed, effects.lot, now)
    if effects.ticket:
        yield _ask_for_repair(session, breach, deed, now)
    if effects.aside:
        yield _put_aside(session, breach, now)


def _ask_for_repair(session: Session, breach: Breach, deed: Deed, now: datetime) -> str:
    """Open a ticket for what broke, once: a second action waits for the same repair."""
    asked = select(MaintenanceTicket.id).where(
        MaintenanceTicket.breach_id == breach.id, MaintenanceTicket.closed_on.is_(None)
    )
    if session.scalar(asked.limit(1)) is not None:
        return tr("La demande de maintenance est déjà ouverte.")
    equipment = equipment_named(session, breach.subject)
    maintenance.open_ticket(
        session,
        None if equipment is None else equipment.id,
        tr("{subject} : {action}").format(subject=breach.subject, action=deed.action.strip()),
        now,
        breach.id,
        unit_id=_unit_of(session, breach),
        responsible=deed.responsible,
        due=deed.due_on,
    )
    return tr("Demande de maintenance ouverte.")


def _put_aside(session: Session, breach: Breach, now: datetime) -> str:
    """Put the instrument that was found wrong out of service, where it is a known one."""
    equipment = equipment_named(session, breach.subject)
    if equipment is None:
        return tr("Mettez l’instrument hors service dans « Équipements ».")
    keeping.put_aside(session, equipment.id, civil_date(now))
    return tr("{name} est hors service.").format(name=equipment.name)


def suspects_place(session: Session, breach_id: int) -> tuple[str, int | None]:
    """Return the place of the equipment screen where temperatures are judged again.

    It is the list of the check the breach is about; without one, that of the instruments.
    """
    breach = session.get_one(Breach, breach_id)
    is_check = breach.register == Calibration.__tablename__
    return ("suspects", breach.record_id) if is_check else ("devices", None)


def group_of(cause: str) -> CauseGroup | None:
    """Return the M of a usual cause; ``None`` for words of one's own."""
    words = cause.strip().casefold()
    return next(
        (each.group for each in (*CAUSES, *OTHER_CAUSES) if tr(each.text).casefold() == words), None
    )


def _check(deed: Deed, effects: Effects) -> None:
    if not deed.action.strip():
        raise UserError(tr("Dites ce qui a été fait."))
    if Asks.PRODUCT in effects.asks and not deed.product.strip():
        raise UserError(tr("Dites quel produit est concerné."))
    if deed.gap_minutes is not None and deed.gap_minutes < 0:
        raise UserError(tr("Une durée ne peut pas être négative."))


def _set_aside(
    session: Session, breach: Breach, deed: Deed, state: LotState, now: datetime
) -> Iterator[str]:
    lots.block(
        session,
        deed.product,
        now,
        lot=deed.lot,
        quantity=deed.quantity,
        reason=breach.subject,
        by=deed.initials,
        state=state,
        breach=breach,
    )
    breach.decision = _DECISIONS[state]
    breach.product = breach.product or deed.product.strip()
    breach.lot = breach.lot or deed.lot.strip()
    breach.quantity = breach.quantity or deed.quantity.strip()
    if state is LotState.BLOCKED:
        yield tr("{product} est bloqué jusqu’à votre décision.").format(product=deed.product)


def _unit_of(session: Session, breach: Breach) -> int | None:
    if breach.register != READINGS or breach.record_id is None:
        return None
    reading = session.get(Reading, breach.record_id)
    return None if reading is None else reading.unit_id


def _what_remains(deed: Deed, effects: Effects, due: datetime | None) -> Iterator[str]:
    if due is not None:
        yield tr("Contrôle attendu à {hour}.").format(hour=hour(due))
    if Asks.GAP in effects.asks and (deed.gap_minutes or 0) >= TOO_LONG:
        yield tr("L’écart a duré {n} min ou plus : jetez le plat.").format(n=TOO_LONG)
    for who in effects.tells:
        yield {
            Tells.SUPPLIER: tr("Prévenez le fournisseur."),
            Tells.DDPP: tr("Prévenez le fournisseur, et la DDPP si on en a servi."),
        }[who]
    yield from effects.reminds


def _reminders(every: Iterable[Mapping[str, str | bool]]) -> Iterator[str]:
    words = {
        "training_note": tr("Notez le rappel dans « Formation »."),
        "waste_entry": tr("Pesez et notez la perte."),
        "waste_oil_entry": tr("Notez l’huile usagée mise de côté."),
        "order_line": tr("Ajoutez ce qui manque à la prochaine commande."),
        "task": tr("Fixez une échéance et un responsable."),
        "out_of_service": tr("Mettez l’instrument hors service dans « Équipements »."),
    }
    for told in every:
        if told.get("creates") in words:
            yield words[str(told["creates"])]


def _leads(every: Iterable[Mapping[str, str | bool]]) -> Iterator[Lead]:
    for told in every:
        if told.get("flags") == "readings_since_last_good_check":
            yield Lead.SUSPECTS
        if told.get("opens") == "outbreak_file":
            yield Lead.OUTBREAK
