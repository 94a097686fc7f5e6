"""What may be destroyed, and what was, on paper."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small, writing_lines
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.hygiene.keeping.purging import Certificate, certificates
from cantine_desktop.hygiene.keeping.review import Review, review
from cantine_desktop.hygiene.keeping.words import (
    AFTER,
    backups_words,
    days_words,
    hold_words,
    left_words,
    months_words,
    why_kept,
)
from cantine_desktop.hygiene.plan.wording import source_words
from cantine_desktop.hygiene.retention.choices import months_kept
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.i18n import hour, long_day, mark, tr
from cantine_desktop.sources import sources
from cantine_desktop.values.period import Period

DIGITS = 16
"""Digits of a hash between two spaces, so that the eye does not lose its place."""


def write_list(session: Session, _period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what may be destroyed today, what is frozen and what must wait.

    Source: NS2012, CC-ALL.
    """
    found = review(session, now)
    story: list[Flowable] = [
        paragraph(
            tr(
                "Au {day}. Rien n’est détruit par cette liste : la destruction se décide dans "
                "« Conservation », et ne se reprend pas."
            ).format(day=long_day(found.day))
        ),
        _list_table(found),
    ]
    held = [hold_words(hold) for hold in found.holds]
    story += [
        heading(tr("Gels en cours")),
        box("", held) if held else paragraph(tr("Aucun gel.")),
        heading(tr("Durées appliquées")),
        _terms(session),
    ]
    write_document(target, _frame(session, tr("Ce qui peut être détruit"), "", now), story)


def write_certificates(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the certificates of destruction of a period, each on its own page."""
    story: list[Flowable] = []
    for certificate in certificates(session, period):
        story += [PageBreak()] * bool(story)
        story += _certificate(certificate)
    if not story:
        story = [paragraph(tr("Rien n’a été détruit pendant ces jours."))]
    frame = _frame(session, tr("Certificat de destruction"), in_words(period), now)
    write_document(target, frame, story)


def _certificate(certificate: Certificate) -> list[Flowable]:
    said = tr(
        "Le {day} à {time}, {by} a fait détruire les enregistrements ci-dessous, arrivés au terme "
        "de leur conservation et sous aucun gel."
    )
    day = long_day(civil_date(certificate.at))
    digest = certificate.digest
    parts = [digest[at : at + DIGITS] for at in range(0, len(digest), DIGITS)]
    return [
        heading(tr("Certificat n° {n}").format(n=certificate.number)),
        paragraph(said.format(day=day, time=hour(certificate.at), by=certificate.by)),
        _destroyed_table(certificate),
        box(tr("Ce qui reste"), _left(certificate)),
        box(tr("Sauvegardes"), backups_words(certificate)),
        small(tr("Empreinte de la liste des numéros détruits : {sha}").format(sha=" ".join(parts))),
        writing_lines(tr("Nom, fonction et signature"), 2),
    ]


def _destroyed_table(certificate: Certificate) -> Flowable:
    rows: list[Row] = [
        (
            tr(line.title),
            tr(RETENTION[Retention(line.retention)].label),
            str(line.count),
            days_words(line.first, line.last),
            tr("oui") if line.names else tr("non"),
        )
        for line in certificate.lines
    ]
    rows.append(Total((tr("En tout"), "", str(certificate.count), "", "")))
    columns = [
        Column(tr("Enregistrements"), 3),
        Column(tr("Classe"), 2.6),
        Column(tr("Nombre"), 1, Align.RIGHT),
        Column(tr("Jours"), 2.6),
        Column(tr("Nommaient des gens"), 1.4),
    ]
    return ruled_table(columns, rows, 9.5)


def _left(certificate: Certificate) -> list[str]:
    past = sum(line.past for line in certificate.lines)
    words: list[str] = []
    if certificate.files:
        words.append(tr("Fichiers joints détruits avec eux : {n}.").format(n=certificate.files))
    if past:
        said = tr("Parmi eux, {n} avaient déjà été effacés à l’écran : l’historique les gardait.")
        words.append(said.format(n=past))
    return [*words, left_words()]


def _list_table(found: Review) -> Flowable:
    columns = [
        Column(tr("Enregistrements"), 3),
        Column(tr("À terme"), 1, Align.RIGHT),
        Column(tr("Jours"), 2.6),
        Column(tr("Nomment des gens"), 1.4),
        Column(tr("Ce qui reste, et pourquoi"), 4),
    ]
    rows: list[Row] = [
        (
            tr(line.series.title),
            str(line.due),
            days_words(line.oldest, line.newest),
            tr("oui") if line.series.names else tr("non"),
            why_kept(line),
        )
        for line in found.lines
    ]
    rows.append(Total((tr("En tout"), str(found.due), "", str(found.names_due), "")))
    return ruled_table(columns, rows, 9)


def _terms(session: Session) -> Flowable:
    columns = [
        Column(tr("Classe"), 3),
        Column(tr("Gardé"), 1.2),
        Column(tr("Et aussi"), 4),
        Column(tr("D’après"), 2.4),
    ]
    rows = [
        (
            tr(RETENTION[retention].label),
            months_words(months) if months else tr("sans terme"),
            tr(AFTER[retention]),
            source_words(sources()[RETENTION[retention].source]),
        )
        for retention, months in months_kept(session).items()
    ]
    return ruled_table(columns, rows, 9)


def _frame(session: Session, title: str, period: str, now: datetime) -> PageFrame:
    footer = tr("Durées : texte ou guide selon la classe, allongées par choix de la cantine.")
    return PageFrame(canteen_name(session), title, period, now, footer=footer)


DOCUMENTS = (
    Document(
        "retention-list",
        mark("Ce qui peut être détruit"),
        write_list,
        cadence=Cadence.DAY,
        area="hygiene",
        screen="retention",
    ),
    Document(
        "destruction-certificates",
        mark("Certificats de destruction"),
        write_certificates,
        cadence=Cadence.YEAR,
        area="hygiene",
        screen="retention",
    ),
)
"""Lists and certificates, as documents of the catalogue."""
