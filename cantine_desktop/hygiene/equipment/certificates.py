"""The register of documents (SH-DOC): what the canteen can show, and what it lacks."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment.calibration import MONTHS
from cantine_desktop.hygiene.equipment.model import Certificate
from cantine_desktop.hygiene.plan.in_force import points_in_force
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.attachments import attach

SOON = timedelta(days=45)
"""A document that lasts is told so long before it ends: a laboratory takes weeks."""


class Wanted(NamedTuple):
    """A document the plan asks to keep.

    Attributes:
        point: Code of the control point.
        title: What it is, in the language in use.
        months: From one to the next; 0 when it lasts.
        sources: Ids in ``resources/sources.toml``.
    """

    point: str
    title: str
    months: int
    sources: tuple[str, ...] = ()


TITLES: dict[str, str] = {
    "DOC-01": mark("Déclaration d’activité à la DDPP (Cerfa 13984)"),
    "STA-01": mark("Attestation de formation à l’hygiène (14 h)"),
    "WAT-03": mark("Eau potable : facture du réseau ou bulletin de l’ARS"),
    "PES-03": mark("Nuisibles : contrat et rapport de passage"),
    "MAI-01": mark("Entretien annuel des groupes froids"),
    "MAI-03": mark("Vérifications du gaz et de l’électricité"),
    "CLE-32": mark("Dégraissage du conduit de hotte"),
    "WAT-04": mark("Entretien des filtres et adoucisseurs"),
    "WST-04": mark("Huile usagée : bordereau de collecte"),
    "WST-05": mark("Bac à graisses : bon de vidange"),
    "DOC-04": mark("Analyses de laboratoire (produit, surface)"),
    "CLE-31": mark("Prélèvements de surface (lames, boîtes contact)"),
    "DOC-07": mark("Fiches de données de sécurité des produits d’entretien"),
    "TRA-06": mark("Fournisseurs : liste et agréments sanitaires"),
    "ALL-03": mark("Fiches techniques des produits, avec allergènes"),
    "DOC-02": mark("Revue annuelle du plan et de l’analyse des dangers"),
    "TRA-03": mark("Exercice de traçabilité"),
    "HYG-03": mark("État des locaux"),
    "DOC-09": mark("Résultat Alim’confiance"),
    "DON-02": mark("Convention de don"),
    "STA-04": mark("Visites d’information et de prévention (salariés)"),
}
"""Control points proved by a document, in the order it is looked for, and the document."""

ELSEWHERE = frozenset({"MAI-04", "DOC-08"})
"""Points of the sheet that a list or the book itself proves: tickets, backups."""

SHEET = "SH-DOC"
"""Sheet of the plan whose points a document proves."""

LASTING = frozenset({"DOC-01", "STA-01", "DOC-09"})
"""Points looked at each year, whose document is good until something changes."""

ON_REQUEST = frozenset({"DOC-09"})
"""Points whose document comes with an event: none is missing before."""


class State(NamedTuple):
    """What a line of the register says.

    Attributes:
        certificate_id: The document; ``None`` for one that is missing.
        title: What it is.
        point: Code of its control point.
        reference: Number, or version.
        dated: Day it bears.
        renew_by: Day from which it is out of date: its end, or its age; ``None`` for no end.
        is_own_date: The document itself says its end; otherwise the plan's frequency does.
        responsible: Who sees to it.
        place: Where the paper is.
        has_scan: A file is joined.
        state: ``"missing"``, ``"expired"``, ``"soon"``, ``"valid"`` or ``"replaced"``.
    """

    certificate_id: int | None
    title: str
    point: str
    reference: str = ""
    dated: date | None = None
    renew_by: date | None = None
    is_own_date: bool = False
    responsible: str = ""
    place: str = ""
    has_scan: bool = False
    state: str = "missing"


class CertificateChanges(TypedDict, total=False):
    """What may be changed on a document; see ``Certificate`` for the meaning of each."""

    title: str
    point: str
    reference: str
    dated: date | None
    expires: date | None
    responsible: str
    place: str
    note: str


def add(session: Session, title: str, point: str = "") -> Certificate:
    """Add a document to the register.

    Raises:
        UserError: No words.
    """
    certificate = Certificate(title=title.strip(), point=point)
    _check(certificate)
    session.add(certificate)
    session.flush()
    return certificate


def change(
    session: Session, certificate_id: int, **changes: Unpack[CertificateChanges]
) -> Certificate:
    """Change what is known of a document.

    Raises:
        UserError: No words, or an end before its date.
    """
    certificate = session.get_one(Certificate, certificate_id)
    for field, value in changes.items():
        setattr(certificate, field, value.strip() if isinstance(value, str) else value)
    _check(certificate)
    return certificate


def join(
    session: Session,
    certificate_id: int,
    content: bytes,
    name: str,
    media_type: str,
    now: datetime,
) -> None:
    """Join the scan of a document.

    Raises:
        UserError: The file is empty or too large.
    """
    certificate = session.get_one(Certificate, certificate_id)
    kept = attach(session, content, name, media_type, now, area="hygiene")
    certificate.attachment_id = kept.id


def remove(session: Session, certificate_id: int) -> None:
    """Take a document off the register; its scan stays in the book's history."""
    session.delete(session.get_one(Certificate, certificate_id))


def wanted(session: Session, day: date) -> list[Wanted]:
    """Return the documents the plan in force on a day asks to keep."""
    found = [
        Wanted(
            point.code,
            tr(TITLES[point.code]) if point.code in TITLES else point.name,
            MONTHS.get(point.frequency, 0) if point.code not in LASTING else 0,
            point.sources,
        )
        for point in points_in_force(session, day)
        if point.sheet == SHEET and point.code not in ELSEWHERE
    ]
    return sorted(found, key=lambda each: _rank(each.point))


def documents_of(session: Session, day: date) -> list[State]:
    """Return the register on a day: what is missing, then what ends first, then the rest.

    A document replaced by a later one of the same control point is kept, last.
    """
    asked = {each.point: each for each in wanted(session, day)}
    rows: list[State] = []
    seen: set[str] = set()
    query = select(Certificate).order_by(Certificate.id)
    latest_first = sorted(
        session.scalars(query), key=lambda each: (each.dated or date.min, each.id), reverse=True
    )
    for certificate in latest_first:
        months = asked[certificate.point].months if certificate.point in asked else 0
        row = _state(certificate, months, day)
        if certificate.point and certificate.point in seen and row.state != "valid":
            row = row._replace(state="replaced")
        seen.add(certificate.point)
        rows.append(row)
    rows += [
        State(None, each.title, each.point)
        for each in asked.values()
        if each.point not in seen | ON_REQUEST
    ]
    order = ("missing", "expired", "soon", "valid", "replaced")
    return sorted(
        rows,
        key=lambda row: (
            order.index(row.state),
            row.renew_by or date.max,
            _rank(row.point),
            row.title,
        ),
    )


def _rank(point: str) -> int:
    points = list(TITLES)
    return points.index(point) if point in points else len(points)


def _state(certificate: Certificate, months: int, day: date) -> State:
    own = certificate.expires
    renew_by = own
    if own is None and months and certificate.dated is not None:
        renew_by = months_after(certificate.dated, months)
    state = "valid"
    if renew_by is not None and renew_by <= day:
        state = "expired"
    elif renew_by is not None and renew_by - _warning(certificate, renew_by) <= day:
        state = "soon"
    return State(
        certificate.id,
        certificate.title,
        certificate.point,
        certificate.reference,
        certificate.dated,
        renew_by,
        own is not None,
        certificate.responsible,
        certificate.place,
        certificate.attachment_id is not None,
        state,
    )


def _warning(certificate: Certificate, renew_by: date) -> timedelta:
    """Return how long before its end a document is told: a quarter of its life at most."""
    if certificate.dated is None:
        return SOON
    return min(SOON, (renew_by - certificate.dated) // 4)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _check(certificate: Certificate) -> None:
    if not certificate.title:
        raise UserError(tr("Dites de quel document il s’agit."))
    dated, expires = certificate.dated, certificate.expires
    if dated is not None and expires is not None and expires <= dated:
        raise UserError(tr("L’échéance vient après la date du document."))
