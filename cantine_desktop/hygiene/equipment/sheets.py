"""Printed registers of equipment: what there is and what is due, and the documents (SH-DOC)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import heading, lead, paragraph, small, writing_lines
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.hygiene.equipment.certificates import State, documents_of
from cantine_desktop.hygiene.equipment.due import CheckState, check_states
from cantine_desktop.hygiene.equipment.maintenance import (
    TicketRow,
    VisitRow,
    next_visits,
    tickets,
    visits,
)
from cantine_desktop.hygiene.equipment.queries import EquipmentRow, equipment_rows
from cantine_desktop.hygiene.equipment.words import check_name, document_state
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.hygiene.words import frequency_name, kind_name, limit_text, round_celsius
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.values.period import Period

NONE = "—"
"""Printed where there is nothing to say, so that a hole is seen to be one."""


def write_equipment(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what the canteen has: limits, checks, upkeep, and what is due next.

    Args:
        session: Where to read.
        period: The year of its first day gives the visits listed; the state is that of today.
        now: The present instant.
        target: Where the PDF goes.
    """
    today, year = civil_date(now), Period.year(period.first)
    planned = next_visits(session)
    story: list[Flowable] = [
        heading(tr("Enceintes froides")),
        _units(session, today, planned),
        heading(tr("Appareils et instruments")),
        _devices(equipment_rows(session, today)),
        *_checks(check_states(session, today)),
        *_tickets(tickets(session, only_open=True)),
        *_visits([row for row in visits(session) if row.done_on in year], year),
        writing_lines(tr("Visa du responsable"), 1),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Registre des équipements"),
        tr("au {day}").format(day=short_day(today)),
        now,
        footer=tr(
            "Limites : texte cité par denrée dans le plan ; tolérances, contrôles et fréquences : "
            "choix de la cantine. Entretien : règlement 852/2004, annexe II (à vérifier)."
        ),
        landscape=True,
    )
    write_document(target, frame, story)


def write_documents(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the register of documents: what is missing, what ends, where each one is.

    Args:
        session: Where to read.
        period: Not used: the register is that of today.
        now: The present instant.
        target: Where the PDF goes.
    """
    del period
    today = civil_date(now)
    rows = documents_of(session, today)
    lacking = [row for row in rows if row.state in {"missing", "expired"}]
    story: list[Flowable] = [lead(_how_many(rows, lacking))]
    if rows:
        story.append(ruled_table(_document_columns(), map(_document, rows), size=9.5))
    story += [
        small(
            tr(
                "« au plus tard » : la fréquence de votre plan, si le document n’a pas de fin. "
                "« manque » : votre plan le demande, il n’est pas dans le registre."
            )
        ),
        writing_lines(tr("Visa du responsable"), 1),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Registre documentaire"),
        tr("au {day}").format(day=short_day(today)),
        now,
        footer=tr(
            "Liste : points de votre plan prouvés par un document. Fréquences : choix de la "
            "cantine, sauf texte cité dans le plan."
        ),
        landscape=True,
    )
    write_document(target, frame, story)


def _units(session: Session, today: date, planned: Sequence[VisitRow]) -> Flowable:
    following = {row.about: row for row in planned}
    columns = [
        Column(tr("Enceinte"), 2),
        Column(tr("Type"), 2),
        Column(tr("Emplacement"), 1.6),
        Column(tr("Limite"), 1),
        Column(tr("Tolérance"), 1),
        Column(tr("Relevés"), 1.6),
        Column(tr("Prochain entretien"), 2.2),
    ]
    rows = [
        _unit(unit, following.get(unit.name))
        for unit in cold_units(session, Period.through(today, today))
    ]
    return ruled_table(columns, rows or [Band(tr("Aucune enceinte froide."))], size=9.5)


def _unit(unit: ColdUnit, visit: VisitRow | None) -> list[str]:
    return [
        unit.name,
        kind_name(unit.kind),
        unit.place,
        limit_text(unit.bounds.limit),
        f"+{round_celsius(unit.tolerance)}" if unit.tolerance else tr("aucune"),
        frequency_name(unit.frequency),
        NONE if visit is None else _planned(visit),
    ]


def _planned(visit: VisitRow) -> str:
    assert visit.next_due is not None
    return f"{short_day(visit.next_due)} · {visit.what}"


def _devices(rows: Sequence[EquipmentRow]) -> Flowable:
    columns = [
        Column(tr("Appareil"), 2),
        Column(tr("Type"), 2),
        Column(tr("Numéro"), 1.2),
        Column(tr("Emplacement"), 1.6),
        Column(tr("État"), 2),
        Column(tr("Prochaine échéance"), 3),
    ]
    listed: list[Row] = [
        [row.name, row.kind, row.number, row.place, row.state, row.next_words or NONE]
        for row in rows
        if not row.is_retired
    ]
    return ruled_table(columns, listed or [Band(tr("Aucun appareil n’est noté."))], size=9.5)


def _checks(states: Sequence[CheckState]) -> list[Flowable]:
    if not states:
        return []
    columns = [
        Column(tr("Instrument"), 2.4),
        Column(tr("Contrôle"), 2.4),
        Column(tr("Dernier"), 1.2),
        Column(tr("Résultat"), 1.2),
        Column(tr("Prochain avant le"), 1.6),
    ]
    words = {
        Verdict.CONFORM: tr("juste"),
        Verdict.TOLERATED: tr("toléré"),
        Verdict.BREACH: tr("faux"),
    }
    rows = [
        [
            state.name,
            check_name(state.test),
            tr("jamais") if state.last is None else short_day(state.last),
            words.get(state.verdict, NONE),
            _next_check(state),
        ]
        for state in states
    ]
    return [heading(tr("Contrôle des instruments")), ruled_table(columns, rows, size=9.5)]


def _next_check(state: CheckState) -> str:
    if not state.is_asked:
        return tr("non demandé par le plan")
    return tr("dès maintenant") if state.next_due is None else short_day(state.next_due)


def _tickets(rows: Sequence[TicketRow]) -> list[Flowable]:
    if not rows:
        return [heading(tr("À réparer")), paragraph(tr("Aucune demande ouverte."))]
    columns = [
        Column(tr("Appareil"), 1.8),
        Column(tr("Ce qui ne va pas"), 3.4),
        Column(tr("Demandé le"), 1.2),
        Column(tr("Qui"), 1.4),
        Column(tr("Avant le"), 1.2),
    ]
    listed = [
        [
            row.about,
            row.title,
            short_day(civil_date(row.opened_at)),
            row.responsible,
            NONE if row.due is None else short_day(row.due),
        ]
        for row in rows
    ]
    return [heading(tr("À réparer")), ruled_table(columns, listed, size=9.5)]


def _visits(rows: Sequence[VisitRow], year: Period) -> list[Flowable]:
    title = heading(tr("Entretiens de {year}").format(year=year.first.year))
    if not rows:
        return [title, paragraph(tr("Aucun entretien noté."))]
    columns = [
        Column(tr("Fait le"), 1.1),
        Column(tr("Appareil"), 1.8),
        Column(tr("Par"), 1.8),
        Column(tr("Ce qui a été fait"), 3.2),
        Column(tr("Rapport"), 0.9),
        Column(tr("Prochain avant le"), 1.4),
    ]
    listed = [
        [
            short_day(row.done_on),
            row.about,
            row.by,
            row.what,
            tr("joint") if row.has_report else NONE,
            NONE if row.next_due is None else short_day(row.next_due),
        ]
        for row in rows
    ]
    return [title, ruled_table(columns, listed, size=9.5)]


def _how_many(rows: Sequence[State], lacking: Sequence[State]) -> str:
    if not rows:
        return tr("Le registre est vide.")
    if not lacking:
        return tr("Rien ne manque au regard de votre plan.")
    return tr("À trouver ou à renouveler : {titles}.").format(
        titles=" ; ".join(row.title for row in lacking)
    )


def _document_columns() -> list[Column]:
    return [
        Column(tr("Document"), 3.6),
        Column(tr("Référence"), 1.4),
        Column(tr("Date"), 1.1),
        Column(tr("Échéance"), 1.5),
        Column(tr("Responsable"), 1.3),
        Column(tr("Emplacement"), 1.6),
        Column(tr("État"), 1.2),
    ]


def _document(row: State) -> list[str]:
    end = NONE
    if row.renew_by is not None:
        end = short_day(row.renew_by)
        if not row.is_own_date:
            end = tr("au plus tard le {day}").format(day=end)
    title = f"{row.title} ({row.point})" if row.point else row.title
    where = row.place
    if row.has_scan:
        where = " · ".join(part for part in (row.place, tr("numérisé")) if part)
    dated = NONE if row.dated is None else short_day(row.dated)
    return [
        title,
        row.reference,
        dated if row.state != "missing" else "",
        end if row.state != "missing" else "",
        row.responsible,
        where,
        document_state(row.state),
    ]


DOCUMENTS = (
    Document(
        "equipment-register",
        mark("Registre des équipements"),
        write_equipment,
        cadence=Cadence.YEAR,
        area="hygiene",
    ),
    Document(
        "documents-register",
        mark("Registre documentaire"),
        write_documents,
        cadence=Cadence.YEAR,
        area="hygiene",
    ),
)
"""The register of equipment and that of documents."""
