"""The four sheets of a suspicion of food poisoning (SH-TIAC), ready for the hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, NamedTuple

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name, the_canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.grid_cells import Group, HandRow
from cantine_desktop.documents.grids import hand_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import box, heading, paragraph, small, writing_lines
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.outbreak.gathering import (
    Gathered,
    Told,
    days_of,
    gather,
    meals_by_day,
)
from cantine_desktop.hygiene.outbreak.model import Callee, Outbreak, OutbreakCall
from cantine_desktop.hygiene.outbreak.opening import contacts, outbreak_of
from cantine_desktop.hygiene.outbreak.words import CALLEES, KEEP_ALL, STEPS
from cantine_desktop.hygiene.words import status_words
from cantine_desktop.i18n import celsius, hour, long_day, mark, short_day, tr, trn
from cantine_desktop.sources import sources
from cantine_desktop.values.period import Period

PEOPLE = 18
"""Rows of the sheet of people: two tables of a small canteen."""

BLANK_MEALS = 4
"""Rows left for a day of which the book knows nothing."""

BLANK_CALLS = 4


def write_sheets(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the four sheets: of the suspicion of a period, or blank ones to keep at hand.

    People are named on paper only: the second sheet is always blank.

    Source: TIAC, CRPM-R237.
    """
    outbreak = outbreak_of(session, period)
    found = None
    if outbreak is not None:
        meals = Period(outbreak.first, outbreak.end)
        found = gather(session, days_of(meals, outbreak.days_before))
    story: list[Flowable] = []
    parts = (
        (tr("1 · Alerte et contacts"), _alert(session, outbreak)),
        (tr("2 · Personnes malades (confidentiel)"), _people()),
        (tr("3 · Repas des jours précédents"), _meals(found)),
        (tr("4 · Mesures prises"), _measures(outbreak)),
    )
    for rank, (title, flowables) in enumerate(parts):
        story += [PageBreak()] * bool(rank)
        story += [heading(title), box(tr(KEEP_ALL), []), *flowables]
    if found is not None:
        story += [PageBreak(), heading(tr("Annexe · Ce que le livre sait de ces jours"))]
        story += _annex(found)
    opened = civil_date(outbreak.opened_at) if outbreak else period.first
    day = Period.through(opened, opened)
    frame = PageFrame(
        canteen_name(session),
        tr("Suspicion de TIAC"),
        in_words(found.period) if found else "",
        now,
        sheet_id("TI", day, Cadence.DAY),
        tr("Source : {title} ({status}) ; forme des feuilles : choix de la cantine.").format(
            title=sources()["TIAC"].title, status=status_words(sources()["TIAC"])
        ),
    )
    write_document(target, frame, story)


def _alert(session: Session, outbreak: Outbreak | None) -> list[Flowable]:
    facts: list[tuple[str, str]] = [
        (tr("Établissement"), _place(session)),
        (tr("Suspicion ouverte le"), _opened(outbreak)),
        (tr("Repas en cause"), in_words(Period(outbreak.first, outbreak.end)) if outbreak else ""),
        (tr("Malades connus"), _number(outbreak.ill if outbreak else None)),
        (tr("Convives de ces repas"), _number(outbreak.diners if outbreak else None)),
    ]
    story: list[Flowable] = [
        hand_grid(
            tr("Alerte"),
            [Group("")],
            [HandRow(title, [text]) for title, text in facts],
            head_mm=48,
        ),
        Spacer(0, 8),
    ]
    calls = outbreak.calls if outbreak else []
    rows: list[HandRow] = []
    for callee, contact in contacts(session).items():
        mine = [each for each in calls if each.callee is callee]
        number = _Called(contact.phone, ", ".join(filter(None, (contact.name, contact.note))))
        rows += [_call_row(callee, number, made) for made in mine] or [
            _call_row(callee, number, None)
        ]
    others = [each for each in calls if each.callee is Callee.OTHER]
    rows += [_call_row(Callee.OTHER, _Called("", ""), made) for made in others]
    rows += [HandRow("", [""] * 4) for _ in range(BLANK_CALLS)]
    columns = [
        Group(tr("Téléphone"), share=2.2),
        Group(tr("Appelé le, à"), share=2.2),
        Group(tr("Qui a répondu, ce qui est convenu"), share=4),
        Group(tr("Visa"), share=1),
    ]
    story.append(hand_grid(tr("Qui appeler"), columns, rows, head_mm=52, row_mm=12))
    return story


class _Called(NamedTuple):
    """A number and whose it is."""

    phone: str
    name: str


def _call_row(callee: Callee, called: _Called, made: OutbreakCall | None) -> HandRow:
    if made is None:
        return HandRow(tr(CALLEES[callee]), [called.phone, "", "", ""], called.name)
    day = civil_date(made.at)
    when = tr("{day} à {time}").format(day=short_day(day), time=hour(made.at))
    said = " · ".join(filter(None, (made.spoke_to, made.words)))
    return HandRow(tr(CALLEES[callee]), [called.phone, when, said, made.by], called.name)


def _people() -> list[Flowable]:
    columns = [
        Group(tr("Prénom"), share=2),
        Group(tr("Repas pris le"), share=1.5),
        Group(tr("Plats mangés"), share=3),
        Group(tr("Début, jour et heure"), share=1.7),
        Group(tr("Signes"), share=2.5),
        Group(tr("Médecin vu"), share=1.4),
    ]
    rows = [HandRow(str(number), [""] * 6) for number in range(1, PEOPLE + 1)]
    note = tr(
        "À remplir à la main, y compris pour ceux qui ont mangé et vont bien. Gardez cette feuille "
        "sous clé et remettez-la à l’ARS : elle ne se numérise pas et ne se tape pas dans le "
        "logiciel."
    )
    return [hand_grid(tr("N°"), columns, rows, head_mm=10, row_mm=10.5), small(note)]


def _meals(found: Gathered | None) -> list[Flowable]:
    columns = [
        Group(tr("Plat"), share=3.6),
        Group(tr("Lots utilisés"), share=2),
        Group(tr("Plat témoin : où"), share=2.2),
        Group(tr("Convives"), share=1),
    ]
    if found is None:
        rows = [HandRow("", [""] * 4) for _ in range(22)]
        return [hand_grid(tr("Jour, repas"), columns, rows, head_mm=34)]
    story: list[Flowable] = []
    for day, dishes in sorted(meals_by_day(found).items(), reverse=True):
        rows = [HandRow("", [dish, lots, place, ""]) for dish, lots, place in dishes]
        rows += [HandRow("", [""] * 4)] * (1 if rows else BLANK_MEALS)
        first = HandRow(long_day(day), rows[0].cells)
        story += [hand_grid(tr("Jour"), columns, [first, *rows[1:]], head_mm=34), Spacer(0, 6)]
    note = tr(
        "Écrit d’après les fiches de ces jours ; complétez à la main ce qui n’y figure pas. Une "
        "case vide n’est pas une absence."
    )
    return [*story, small(note)]


def _measures(outbreak: Outbreak | None) -> list[Flowable]:
    done = {each.step: each for each in outbreak.measures if each.step} if outbreak else {}
    rows: list[HandRow] = []
    for step in STEPS:
        made = done.get(step.key)
        cells = ["", "", ""]
        if made is not None:
            when = tr("{day} à {time}").format(
                day=short_day(civil_date(made.at)), time=hour(made.at)
            )
            cells = [when, made.words, made.by]
        rows.append(HandRow(tr(step.title), cells))
    asked = (
        tr("Plats bloqués, et où"),
        tr("Matières premières isolées, et où"),
        tr("Personnes de la cuisine écartées (nombre)"),
        tr("DDPP passée le ; prélèvements"),
        tr("Nettoyage autorisé le, par"),
    )
    others = [each for each in outbreak.measures if not each.step] if outbreak else []
    rows += [HandRow(title, ["", "", ""]) for title in asked]
    rows += [
        HandRow(tr("Autre mesure"), [short_day(civil_date(m.at)), m.words, m.by]) for m in others
    ]
    columns = [
        Group(tr("Fait le, à"), share=2),
        Group(tr("Ce qui a été fait"), share=5),
        Group(tr("Visa"), share=1),
    ]
    story: list[Flowable] = [hand_grid(tr("Mesure"), columns, rows, head_mm=72, row_mm=11)]
    if outbreak is not None and outbreak.closed_at is not None:
        closed = short_day(civil_date(outbreak.closed_at))
        said = tr("Suspicion close le {day} ({by}) : {words}")
        story.append(
            paragraph(said.format(day=closed, by=outbreak.closed_by, words=outbreak.conclusion))
        )
    return [*story, writing_lines(tr("Remarques"), 3)]


def _annex(found: Gathered) -> list[Flowable]:
    parts: Sequence[tuple[str, Sequence[Told]]] = (
        (tr("Plats faits et servis"), found.dishes),
        (tr("Plats témoins"), found.samples),
        (tr("Réceptions"), found.goods),
        (tr("Produits utilisés et lots"), found.lots),
    )
    story: list[Flowable] = []
    for title, lines in parts:
        story += [heading(title), _told(lines) if lines else _nothing()]
    return [
        *story,
        heading(tr("Températures des enceintes froides")),
        _warmth(found) if found.warmth else _nothing(),
        heading(tr("Équipe, nettoyage et autres fiches : nombre de lignes")),
        _counts(found) if found.counts else _nothing(),
    ]


def _nothing() -> Flowable:
    return paragraph(tr("Rien n’est écrit pour ces jours."))


def _counts(found: Gathered) -> Flowable:
    columns = [Column(tr("Fiche"), 4), Column(tr("Jour"), 2), Column(tr("Lignes"), 1)]
    rows = [(each.sheet, short_day(each.day), str(each.number)) for each in found.counts]
    return ruled_table(columns, rows, 9)


def _told(lines: Sequence[Told]) -> Flowable:
    columns = [
        Column(tr("Jour"), 1.2),
        Column(tr("Quoi"), 2.6),
        Column(tr("Lot"), 1.6),
        Column(tr("Fiche"), 2),
        Column(tr("Ce qui y est écrit"), 4),
    ]
    rows = [
        (
            short_day(line.day),
            line.what,
            line.lots,
            line.sheet,
            " · ".join(filter(None, (line.place, line.beside))),
        )
        for line in lines
    ]
    return ruled_table(columns, rows, 9)


def _warmth(found: Gathered) -> Flowable:
    columns = [
        Column(tr("Enceinte"), 3),
        Column(tr("Relevés"), 1),
        Column(tr("Au plus bas"), 1.4),
        Column(tr("Au plus haut"), 1.4),
        Column(tr("Non conformes"), 1.4),
    ]
    rows = [
        (
            each.unit,
            str(each.readings),
            "" if each.lowest is None else celsius(each.lowest),
            "" if each.highest is None else celsius(each.highest),
            str(each.breaches),
        )
        for each in found.warmth
    ]
    return ruled_table(columns, rows, 9)


def _place(session: Session) -> str:
    canteen = the_canteen(session)
    return " · ".join(filter(None, (canteen.name, canteen.address))) if canteen else ""


def _opened(outbreak: Outbreak | None) -> str:
    if outbreak is None:
        return ""
    said = tr("{day} à {time}, par {by}")
    day = short_day(civil_date(outbreak.opened_at))
    return said.format(day=day, time=hour(outbreak.opened_at), by=outbreak.opened_by)


def _number(count: int | None) -> str:
    return "" if count is None else trn("{n} personne", "{n} personnes", count)


DOCUMENTS = (
    Document(
        "outbreak-sheets",
        mark("Suspicion de TIAC (4 feuilles)"),
        write_sheets,
        cadence=Cadence.DAY,
        area="hygiene",
        sheet="TI",
        screen="outbreak",
    ),
)
"""The sheets of a crisis, as a document of the catalogue: blank until a suspicion is opened."""
