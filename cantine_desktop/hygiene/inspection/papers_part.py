"""The first chapters: the plan in force, the papers, the equipment."""

from collections.abc import Sequence
from functools import partial

from reportlab.platypus import Flowable
from sqlalchemy import select

from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import heading, paragraph, small
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.equipment.kinds import KINDS
from cantine_desktop.hygiene.equipment.model import (
    Certificate,
    Equipment,
    MaintenanceTicket,
    MaintenanceVisit,
)
from cantine_desktop.hygiene.inspection.annexes import Annex, annex, annex_story
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.hygiene.words import kind_name, limit_reason
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.storage.attachments import Attachment


def certificates_parts(making: Making) -> tuple[list[Part], list[Annex]]:
    """Return the chapter of papers, a part for each that can be shown, and the files to join."""
    found = making.session.scalars(select(Certificate).order_by(Certificate.title, Certificate.id))
    certificates = list(found)
    name = tr("Déclaration, attestations et autres pièces")
    note = trn("{n} pièce", "{n} pièces", len(certificates))
    annexes: list[Annex] = []
    shown: list[Part] = []
    for certificate in certificates:
        attachment = _attachment(making, certificate)
        if attachment is None:
            continue
        made = annex(making.session, attachment, len(annexes) + 1)
        annexes.append(made)
        if made.pages:
            story = partial(annex_story, made, certificate.title)
            frame = making.frame(certificate.title)
            shown.append(Part(certificate.title, frame, story, level=1))
    said = {made.name[4:]: made for made in annexes}
    story = partial(_papers, making, certificates, said)
    return [Part(name, making.frame(name), story, note=note), *shown], annexes


def _attachment(making: Making, certificate: Certificate) -> Attachment | None:
    if certificate.attachment_id is None:
        return None
    return making.session.get(Attachment, certificate.attachment_id)


def _papers(
    making: Making, certificates: Sequence[Certificate], annexes: dict[str, Annex]
) -> list[Flowable]:
    if not certificates:
        return [
            paragraph(
                tr(
                    "Aucune pièce n’est enregistrée : ni récépissé de déclaration à la DDPP, ni "
                    "attestation de formation, ni contrat. Elles sont peut-être sur papier."
                )
            )
        ]
    columns = [
        Column(tr("Pièce"), 3.4),
        Column(tr("Référence"), 1.8),
        Column(tr("Date"), 1.3),
        Column(tr("Valable jusqu’au"), 1.5),
        Column(tr("Où la voir"), 3),
    ]
    rows = [_paper(making, each, annexes) for each in certificates]
    return [ruled_table(columns, rows, size=9.5)]


def _paper(making: Making, each: Certificate, annexes: dict[str, Annex]) -> list[str]:
    ends = ""
    if each.expires is not None:
        ends = short_day(each.expires)
        if each.expires <= making.today:
            ends = tr("{day}, dépassé").format(day=ends)
    attachment = _attachment(making, each)
    if attachment is None:
        place = each.place or tr("non numérisée")
    else:
        made = next((a for key, a in annexes.items() if attachment.name in key), None)
        place = (made.left_out if made else "") or tr("pages suivantes et fichier joint")
    dated = short_day(each.dated) if each.dated else ""
    return [each.title, each.reference, dated, ends, place]


def equipment_part(making: Making) -> Part:
    """Return the chapter of equipment: cold units with their limits, appliances, upkeep."""
    name = tr("Équipements et limites")
    return Part(name, making.frame(name), partial(_equipment, making))


def _equipment(making: Making) -> list[Flowable]:
    units = cold_units(making.session, making.counted)
    story: list[Flowable] = []
    if units:
        rows = [
            [
                unit.name,
                kind_name(unit.kind),
                unit.place,
                limit_reason(unit.bounds, unit.derived.family),
            ]
            for unit in units
        ]
        columns = [Column(tr("Enceinte"), 2), Column(tr("Sorte"), 2), Column(tr("Où"), 1.5)]
        columns.append(Column(tr("Limite, et ce qui la décide"), 5))
        story += [heading(tr("Enceintes froides")), ruled_table(columns, rows, size=9.5)]
    appliances = list(making.session.scalars(select(Equipment).order_by(Equipment.name)))
    appliances = [each for each in appliances if each.in_service(making.counted.last)]
    if appliances:
        lines = [
            [each.name, tr(KINDS[each.kind].label), each.number, each.place, _state(each)]
            for each in appliances
        ]
        heads = [Column(tr("Appareil"), 3), Column(tr("Sorte"), 2.4), Column(tr("Numéro"), 1.5)]
        heads += [Column(tr("Où"), 1.5), Column(tr("État"), 2)]
        story += [heading(tr("Appareils et instruments")), ruled_table(heads, lines, size=9.5)]
    story += _upkeep(making)
    return story or [paragraph(tr("Aucun équipement n’est décrit dans ce livre."))]


def _state(each: Equipment) -> str:
    if each.broken_since is None:
        return tr("en service")
    return tr("en panne depuis le {day}").format(day=short_day(each.broken_since))


def _upkeep(making: Making) -> list[Flowable]:
    """Return what was mended in the period, and what still is to be."""
    period = making.counted
    visits = making.session.scalars(
        select(MaintenanceVisit)
        .where(MaintenanceVisit.done_on >= period.first, MaintenanceVisit.done_on < period.end)
        .order_by(MaintenanceVisit.done_on, MaintenanceVisit.id)
    )
    names = _names(making)
    rows = [
        [
            short_day(visit.done_on),
            names.get((visit.equipment_id, visit.unit_id), tr("locaux")),
            visit.what,
            visit.by,
            short_day(visit.next_due) if visit.next_due else "",
        ]
        for visit in visits
    ]
    story: list[Flowable] = [heading(tr("Entretien"))]
    if rows:
        columns = [Column(tr("Le"), 1.2), Column(tr("Appareil"), 2.4), Column(tr("Fait"), 4)]
        columns += [Column(tr("Par"), 1.6), Column(tr("Prochain"), 1.2)]
        story.append(ruled_table(columns, rows, size=9.5))
    else:
        story.append(paragraph(tr("Aucun entretien n’est noté sur la période.")))
    opened = making.session.scalars(
        select(MaintenanceTicket).where(MaintenanceTicket.closed_on.is_(None))
    )
    story += [
        small(
            tr("À réparer : {title}, depuis le {day}.").format(
                title=ticket.title, day=short_day(ticket.opened_at.date())
            )
        )
        for ticket in opened
    ]
    return story


def _names(making: Making) -> dict[tuple[int | None, int | None], str]:
    appliances = making.session.execute(select(Equipment.id, Equipment.name))
    names: dict[tuple[int | None, int | None], str] = {(key, None): n for key, n in appliances}
    names |= {(None, unit.id): unit.name for unit in cold_units(making.session)}
    return names
