"""What the team asks for today: papers, ends of contracts, certificates, steps, the register."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr, trn
from cantine_desktop.office.waiting import Todo, Urgency
from cantine_desktop.staff.contracts.due import Due, DueKind, due_soon
from cantine_desktop.staff.contracts.keeping_terms import past_their_term
from cantine_desktop.staff.hours.waiting import weeks_waiting
from cantine_desktop.staff.rosters.publishing import pending, published
from cantine_desktop.staff.rosters.team import shifts_in
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import Period

PRESSING = timedelta(days=7)
"""How near its day a line is to be done today."""

Source = Callable[[Session, datetime], Iterable[Todo]]

SCREEN = "contracts"


def staff_waits(session: Session, now: datetime) -> Iterator[Todo]:
    """Return what the team asks for, a line for each kind; nothing to those who do not read it."""
    if not watch_of(session).actor.may_read("staff"):
        return
    today = civil_date(now)
    order = list(DueKind)
    every = sorted(due_soon(session, today), key=lambda due: order.index(due.kind))
    for _kind, together in groupby(every, key=lambda due: due.kind):
        found = sorted(together, key=lambda due: (not due.is_late, due.day))
        pressing = any(due.is_late or due.day - PRESSING <= today for due in found)
        yield _line(found, Urgency.TODAY if pressing else Urgency.SOON)
    yield from _rosters(session, now)
    yield from _hours(session, now)
    for member in past_their_term(session, today):
        words = tr("{name} : la fiche a été gardée 5 ans, elle peut être détruite").format(
            name=member.name
        )
        yield Todo(Urgency.SOON, words, tr("Voir"), SCREEN, key=member.id)


def _rosters(session: Session, now: datetime) -> Iterator[Todo]:
    """Tell the week that comes and was not published, and changes nobody was told of."""
    this = Period.week(civil_date(now))
    coming = Period.week(this.end)
    for week in (this, coming):
        changed = len(pending(session, week.first, now))
        if changed:
            words = trn(
                "Planning de la semaine {week} : {n} jour changé à annoncer",
                "Planning de la semaine {week} : {n} jours changés à annoncer",
                changed,
            ).format(week=week.first.isocalendar().week)
            yield Todo(Urgency.TODAY, words, tr("Publier"), "roster", place=week)
    if published(session, coming.first) is None and shifts_in(session, coming):
        words = tr("Planning de la semaine {week} : pas encore publié").format(
            week=coming.first.isocalendar().week
        )
        yield Todo(Urgency.SOON, words, tr("Publier"), "roster", place=coming)


def _hours(session: Session, now: datetime) -> Iterator[Todo]:
    """Tell the weeks that are over and not confirmed, or confirmed for long and not signed."""
    waits = weeks_waiting(session, now)
    for weeks, urgency, one, many, button in (
        (
            waits.to_confirm,
            Urgency.TODAY,
            tr("Heures de la semaine {week} : pas encore confirmées"),
            tr("Heures de {n} semaines pas encore confirmées, dès la semaine {week}"),
            tr("Confirmer"),
        ),
        (
            waits.to_sign,
            Urgency.SOON,
            tr("Heures de la semaine {week} : confirmées, pas encore signées"),
            tr("Heures de {n} semaines pas encore signées, dès la semaine {week}"),
            tr("Signer"),
        ),
    ):
        if weeks:
            number = weeks[0].isocalendar().week
            words = (one if len(weeks) == 1 else many).format(n=len(weeks), week=number)
            yield Todo(urgency, words, button, "hours", place=Period.week(weeks[0]))


def _line(found: list[Due], urgency: Urgency) -> Todo:
    words = found[0].sentence
    if len(found) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(found) - 1)
    buttons = {DueKind.REGISTER: tr("Écrire"), DueKind.SKILL: tr("Renouveler")}
    button = buttons.get(found[0].kind, tr("Voir"))
    return Todo(urgency, words, button, SCREEN, key=found[0].member_id)


SOURCES: tuple[Source, ...] = (staff_waits,)
