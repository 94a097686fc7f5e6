"""The places left, as a short message to copy; nothing is sent from here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr, trn
from cantine_desktop.meals.reservations.seating import Counts, counts_of
from cantine_desktop.meals.services.model import MealKind, ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.values.period import Period


def places_message(session: Session, period: Period, now: datetime) -> str:
    """Return the places left at the services of a period that are still to come.

    « Il reste 4 places à table et 2 en cuisine jeudi 26 novembre midi. » One line a service;
    no name, no address: it may be sent by any messenger.

    Raises:
        UserError: No service of the period is still to come.
    """
    coming = [
        row
        for row in services_of(session, period)
        if row.state is ServiceState.PLANNED and row.meal > now
    ]
    if not coming:
        raise UserError(tr("Aucun service à venir ces jours-là : choisissez une autre semaine."))
    counted = counts_of(session, [row.key for row in coming])
    return "\n".join(_line(row, counted[row.key]) for row in coming)


def free_places(session: Session, keys: Sequence[int]) -> dict[int, int]:
    """Return places left at table by service, as the message of the menus takes them."""
    return {key: counts.free for key, counts in counts_of(session, keys).items()} if keys else {}


def _line(row: ServiceRow, counts: Counts) -> str:
    when = _when(row)
    if not counts.free:
        return tr("C’est complet {when} ; il y a une liste d’attente.").format(when=when)
    if not counts.kitchen_free:
        said = trn(
            "Il reste {n} place à table {when} ; la cuisine est complète.",
            "Il reste {n} places à table {when} ; la cuisine est complète.",
            counts.free,
        )
        return said.format(when=when)
    said = trn(
        "Il reste {n} place à table, dont {cooks} en cuisine, {when}.",
        "Il reste {n} places à table, dont {cooks} en cuisine, {when}.",
        counts.free,
    )
    return said.format(when=when, cooks=counts.kitchen_free)


def _when(row: ServiceRow) -> str:
    """Return when a service is, as people say it: « jeudi 26 novembre midi »."""
    day = long_day(row.day).rsplit(" ", 1)[0]
    if row.name:
        return tr("{day} ({title})").format(day=day, title=row.name)
    if row.kind is MealKind.LUNCH:
        return tr("{day} midi").format(day=day)
    if row.kind is MealKind.DINNER:
        return tr("{day} soir").format(day=day)
    return tr("{day} ({title})").format(day=day, title=row.title)
