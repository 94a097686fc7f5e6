"""Reservations in words: a line of the list, a service with its counters."""

from cantine_desktop.i18n import mark, tr, weekday
from cantine_desktop.meals.reservations.model import Place, ReservationState
from cantine_desktop.meals.reservations.seating import Counts
from cantine_desktop.meals.reservations.week import Line, ServiceLines

_PLACES = {Place.COOK: mark("cuisine"), Place.EAT: mark("repas")}
_STATES = {
    ReservationState.SEATED: "",
    ReservationState.WAITING: mark("en attente"),
    ReservationState.CAME: mark("venu"),
    ReservationState.NO_SHOW: mark("absent"),
}


def line_words(line: Line) -> str:
    """Say a reservation; its phone stays in its own pane, away from who looks over."""
    parts = [line.name or tr("Place sans nom")]
    if line.people > 1:
        parts.append(tr("{n} personnes").format(n=line.people))
    parts.append(tr(_PLACES[line.place]))
    if line.note:
        parts.append(line.note)
    if line.contact:
        parts.append(tr("à rappeler"))
    if _STATES.get(line.state):
        parts.append(tr(_STATES[line.state]))
    return " · ".join(parts)


def counts_words(counts: Counts) -> str:
    """Say how full a service is."""
    parts = [
        tr("{n} à table sur {seats}").format(n=counts.eaters + counts.cooks, seats=counts.seats),
        tr("{n} en cuisine sur {places}").format(n=counts.cooks, places=counts.kitchen_places),
        tr("{n} en attente").format(n=counts.waiting),
    ]
    return " · ".join(parts)


def service_words(each: ServiceLines) -> str:
    """Say a service of the week on a few lines: its day, its counters, who waits."""
    counts, service = each.counts, each.service
    head = f"{weekday(service.day)} {service.day:%d/%m} · {service.title}"
    table = tr("table {n}/{seats}").format(n=counts.eaters + counts.cooks, seats=counts.seats)
    below = tr("cuisine {n}/{places}").format(n=counts.cooks, places=counts.kitchen_places)
    if counts.waiting:
        below += " · " + tr("attente {n}").format(n=counts.waiting)
    return f"{head}\n{table}\n{below}"
