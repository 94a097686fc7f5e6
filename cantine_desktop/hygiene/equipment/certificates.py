"""The register of documents (SH-DOC): what the canteen can show, and what it lacks."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment.model import Certificate
from cantine_desktop.hygiene.equipment.naming import equipment_traits
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.attachments import attach

SOON = timedelta(days=45)
"""A document that lasts is told so long before it ends: a laboratory takes weeks."""


class Wanted(NamedTuple):
    """A document the plan asks to keep.

    Attributes:
        point: Code of the control point.
        title: French words, marked.
        months: From one to the next; 0 when it lasts.
        trait: What the canteen must have to need it; empty for everybody.
        is_core: A small canteen starts with it.
        source: Id in ``resources/sources.toml`` or of the starter plan.
    """

    point: str
    title: str
    months: int
    trait: str = ""
    is_core: bool = False
    source: str = "BP"


WANTED: tuple[Wanted, ...] = (
    Wanted(
        "DOC-01",
        mark("Déclaration d’activité à la DDPP (Cerfa 13984)"),
        0,
        is_core=True,
        source="CERFA",
    ),
    Wanted(
        "STA-01",
        mark("Attestation de formation à l’hygiène (14 h)"),
        0,
        is_core=True,
        source="D2011-731",
    ),
    Wanted(
        "WAT-03",
        mark("Eau potable : facture du réseau ou bulletin de l’ARS"),
        12,
        is_core=True,
        source="R852-VII",
    ),
    Wanted(
        "PES-03",
        mark("Nuisibles : contrat et rapport de passage"),
        3,
        is_core=True,
        source="R852-IX",
    ),
    Wanted("MAI-01", mark("Entretien annuel des groupes froids"), 12, source="R852-V"),
    Wanted("MAI-03", mark("Vérifications du gaz et de l’électricité"), 12, source="ERP-SEC"),
    Wanted("CLE-32", mark("Dégraissage du conduit de hotte"), 12, trait="has:hood", source="GC21"),
    Wanted("WAT-04", mark("Entretien des filtres et adoucisseurs"), 6, trait="has:water_filter"),
    Wanted(
        "WST-04",
        mark("Huile usagée : bordereau de collecte"),
        1,
        trait="has:fryer",
        source="HUA",
    ),
    Wanted("WST-05", mark("Bac à graisses : bon de vidange"), 3, trait="has:grease_trap"),
    Wanted("DOC-04", mark("Analyses de laboratoire (produit, surface)"), 3, source="IT2018"),
    Wanted("CLE-31", mark("Prélèvements de surface (lames, boîtes contact)"), 6),
    Wanted("DOC-07", mark("Fiches de données de sécurité des produits d’entretien"), 12),
    Wanted("TRA-06", mark("Fournisseurs : liste et agréments sanitaires"), 12, source="R178"),
    Wanted("ALL-03", mark("Fiches techniques des produits, avec allergènes"), 3, source="CC-ALL"),
    Wanted("DOC-02", mark("Revue annuelle du plan et de l’analyse des dangers"), 12, source="R852"),
    Wanted("TRA-03", mark("Exercice de traçabilité"), 6, source="R178"),
    Wanted("HYG-03", mark("État des locaux"), 6, source="R852-I"),
    Wanted("DOC-08", mark("Archivage et sauvegarde des enregistrements"), 1, source="NS2012"),
    Wanted("DOC-09", mark("Résultat Alim’confiance"), 0),
    Wanted("DON-02", mark("Convention de don"), 12, trait="supply:donation_out", source="AGEC"),
    Wanted(
        "STA-04", mark("Visites d’information et de prévention (salariés)"), 60, source="CT-VIP"
    ),
)
"""Points of the starter plan proved by a document on the sheet SH-DOC."""

WORDS = {each.point: each.title for each in WANTED}


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
    """Return the documents this canteen should be able to show on a day."""
    traits = equipment_traits(session)
    del day
    return [each for each in WANTED if not each.trait or each.trait in traits]


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
        State(None, tr(each.title), each.point) for each in asked.values() if each.point not in seen
    ]
    order = ("missing", "expired", "soon", "valid", "replaced")
    return sorted(
        rows,
        key=lambda row: (order.index(row.state), row.renew_by or date.max, _rank(row), row.title),
    )


def _rank(row: State) -> int:
    points = [each.point for each in WANTED]
    return points.index(row.point) if row.point in points else len(points)


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
