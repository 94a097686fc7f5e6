"""How long what is known of somebody is kept, why, and destroying it once that is over.

Source: CT-R1221-26, CT-L3245-1, RGPD-5.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.staff.contracts import model, register_model
from cantine_desktop.staff.contracts.ages import birthday
from cantine_desktop.staff.contracts.model import StaffMember
from cantine_desktop.storage.base import Base, tables_by_name
from cantine_desktop.storage.destruction import destroy, joined_files, values_of
from cantine_desktop.storage.stored import Spot
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import DAY

YEARS = 5
"""After the last day. Source: CT-R1221-26."""


class KeptDatum(NamedTuple):
    """A kind of datum kept of people: what it is for and how long it stays.

    Attributes:
        what: Marked; ``tr`` it when shown. So are ``why`` and ``until``.
        source: Id in ``resources/sources.toml``.
    """

    what: str
    why: str
    until: str
    source: str


KEPT: tuple[KeptDatum, ...] = (
    KeptDatum(
        mark("Nom, naissance, nationalité, sexe, titre de travail, emploi, dates"),
        mark("Registre unique du personnel"),
        mark("5 ans après le départ"),
        "CT-R1221-26",
    ),
    KeptDatum(
        mark("Contrats, durée du travail, groupe, papiers joints"),
        mark("Preuve en cas de demande de salaire"),
        mark("5 ans après le départ, avec le registre"),
        "CT-L3245-1",
    ),
    KeptDatum(
        mark("Téléphone, courriel"),
        mark("Prévenir d’un changement d’horaire"),
        mark("À effacer au départ ; 5 ans après au plus"),
        "RGPD-5",
    ),
    KeptDatum(
        mark("Planning, heures, absences par code, jamais leur raison"),
        mark("Preuve des heures et paie"),
        mark("5 ans après le départ au plus"),
        "CT-L3245-1",
    ),
    KeptDatum(
        mark("Compétences, disponibilités, souhaits, soldes, accueil"),
        mark("Planning et compteurs"),
        mark("5 ans après le départ au plus"),
        "RGPD-5",
    ),
)
"""What is kept of the people of the team."""

_TITLE = mark("Fiche d’un membre de l’équipe")
_MEMBERS = StaffMember.__tablename__
_OF_CONTRACT: tuple[type[Base], ...] = (model.ArrivalTick, register_model.RegisterLine)


def kept_until(member: StaffMember) -> date | None:
    """Return the first day what is known of somebody may go; ``None`` while the person is there."""
    ends = [each.end for each in member.contracts]
    last = max((end for end in ends if end is not None), default=None)
    if last is None or None in ends:
        return None
    return birthday(last - DAY, YEARS) + DAY


def past_their_term(session: Session, today: date) -> list[StaffMember]:
    """Return those whose data were kept long enough, by name."""
    query = select(StaffMember).options(selectinload(StaffMember.contracts))
    found = session.scalars(query.order_by(StaffMember.name))
    terms = [(member, kept_until(member)) for member in found]
    return [member for member, until in terms if until is not None and until <= today]


def destroy_member(session: Session, member_id: int, by: str, now: datetime) -> None:
    """Destroy all that is known of somebody, in history, in the register and in joined files too.

    Call it in ``book.action(label, undoable=False)``, then ``storage.scrubbing.scrub``.

    Raises:
        UserError: It must still be kept, or another record needs it.
    """
    member = session.get_one(StaffMember, member_id)
    until = kept_until(member)
    if until is None or civil_date(now) < until:
        if until is None:
            raise UserError(
                tr("La fiche de {name} se garde : aucun départ n’est dit.").format(name=member.name)
            )
        raise UserError(
            tr("La fiche de {name} se garde jusqu’au {day}.").format(
                name=member.name, day=short_day(until - DAY)
            )
        )
    spots = _spots(session, member_id)
    with watch_of(session).pause():
        spots += sorted(joined_files(session.connection(), spots))
    line = {
        "title": _TITLE,
        "retention": "",
        "count": len(spots),
        "first": None,
        "last": (until - DAY).isoformat(),
        "names": True,
        "past": 0,
    }
    destroy(session, spots, [line], by, now)


def _spots(session: Session, member_id: int) -> list[Spot]:
    """Return every row about somebody, those that history alone still holds too."""
    contracts = _about(session, [model.Contract], "member_id", {member_id})
    keys = {key for _table, key in contracts}
    spots = {(_MEMBERS, member_id)}
    for column, models in _of_member().items():
        spots.update(_about(session, models, column, {member_id}))
    return sorted(spots | set(_about(session, _OF_CONTRACT, "contract_id", keys)))


def _of_member() -> dict[str, list[type[Base]]]:
    """Return the tables that name a member, of whatever part of the staff, by their column."""
    found: dict[str, list[type[Base]]] = {}
    for each in tables_by_name().values():
        for column in each.__table__.columns:
            if any(key.column.table.name == _MEMBERS for key in column.foreign_keys):
                found.setdefault(column.name, []).append(each)
    return found


def _about(
    session: Session, models: Sequence[type[Base]], column: str, keys: set[int]
) -> list[Spot]:
    spots: list[Spot] = []
    with watch_of(session).pause():
        connection = session.connection()
        for each in models:
            columns = each.__table__.columns
            query = select(columns["id"]).where(columns[column].in_(keys))
            spots += [(each.__tablename__, key) for key in connection.scalars(query)]
            spots += [
                (each.__tablename__, past.key)
                for past in values_of(connection, each.__tablename__)
                if past.row.get(column) in keys
            ]
    return spots
