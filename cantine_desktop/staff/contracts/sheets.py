"""What is printed of the team: the single staff register, arrival sheets, what is kept and why."""

from datetime import date, datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import heading, paragraph, small, title
from cantine_desktop.documents.tables import Band, Column, Row, Struck, ruled_table
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.sources import sources
from cantine_desktop.staff.contracts.arrival import arrival_of
from cantine_desktop.staff.contracts.duties import DutyRow, duties, duties_of, duty
from cantine_desktop.staff.contracts.keeping_terms import KEPT
from cantine_desktop.staff.contracts.model import EMPLOYED, Contract, StaffMember, Status
from cantine_desktop.staff.contracts.register import every_line, only_completes
from cantine_desktop.staff.contracts.register_model import RegisterLine
from cantine_desktop.staff.contracts.register_table import cells_of
from cantine_desktop.staff.contracts.words import STATUSES, contract_words, how_sure
from cantine_desktop.values.period import Period


def write_register(session: Session, _period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the whole register, in the order of hiring; what was replaced is struck through.

    Source: CT-L1221-13, CT-D1221-23.
    """
    lines = every_line(session)
    story: list[Flowable] = [
        ruled_table(_register_columns(), _register_rows(lines), 8)
        if lines
        else paragraph(tr("Aucune ligne n’est encore écrite au registre."))
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Registre unique du personnel"),
        tr("au {day}").format(day=short_day(civil_date(now))),
        now,
        landscape=True,
        footer=tr("Art. L1221-13 et D1221-23. Lignes scellées, gardées 5 ans après le départ."),
    )
    write_document(target, frame, story)


def write_arrivals(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write an arrival sheet for each contract that begins in a period."""
    query = (
        select(Contract, StaffMember)
        .join(StaffMember, Contract.member_id == StaffMember.id)
        .where(Contract.first >= period.first, Contract.first < period.end)
        .order_by(Contract.first, Contract.id)
    )
    story: list[Flowable] = []
    for contract, member in session.execute(query):
        if story:
            story.append(PageBreak())
        story += _arrival(contract, member)
    if not story:
        story = [paragraph(tr("Personne n’arrive pendant cette période."))]
    frame = PageFrame(
        canteen_name(session),
        tr("Fiche d’accueil"),
        in_words(period),
        now,
        footer=tr("Gardée avec le dossier de la personne."),
    )
    write_document(target, frame, story)


def write_duties(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what the employer owes in a period, then the text of each duty."""
    rows = duties_of(session, period)
    story: list[Flowable] = [
        ruled_table(_duty_columns(), [_duty_row(row) for row in rows], 9)
        if rows
        else paragraph(tr("Aucune obligation ne tombe pendant cette période."))
    ]
    wanted = {row.key for row in rows} or {each.key for each in duties()}
    for each in (each for each in duties() if each.key in wanted):
        story += [heading(each.title), paragraph(each.text), small(_cited(each.key))]
    frame = PageFrame(
        canteen_name(session), tr("Obligations de l’employeur"), in_words(period), now
    )
    write_document(target, frame, story)


def write_kept(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what is kept of the people of the team, what for and until when."""
    columns = [
        Column(tr("Données"), 3),
        Column(tr("Pourquoi"), 2.2),
        Column(tr("Jusqu’à quand"), 2),
    ]
    rows: list[Row] = [(tr(each.what), tr(each.why), tr(each.until)) for each in KEPT]
    story: list[Flowable] = [
        paragraph(
            tr(
                "Chaque personne peut demander à lire ce qui est gardé sur elle, et à le corriger. "
                "Passé son terme, sa fiche est détruite, dans l’historique aussi."
            )
        ),
        ruled_table(columns, rows),
    ]
    frame = PageFrame(
        canteen_name(session), tr("Données gardées sur l’équipe"), in_words(period), now
    )
    write_document(target, frame, story)


def _register_columns() -> list[Column]:
    return [
        Column(tr("N°"), 0.5),
        Column(tr("Nom et prénoms"), 2),
        Column(tr("Naissance"), 1.3),
        Column(tr("Sexe"), 0.8),
        Column(tr("Nationalité"), 1.4),
        Column(tr("Emploi"), 1.7),
        Column(tr("Qualification"), 1.5),
        Column(tr("Mention"), 1.9),
        Column(tr("Entrée"), 1.3),
        Column(tr("Sortie"), 1.3),
        Column(tr("Titre, autorisation"), 1.7),
        Column(tr("Tuteur, lieu"), 1.7),
        Column(tr("Inscrit le"), 1.3),
        Column(tr("Remplace"), 1.5),
    ]


def _register_cells(line: RegisterLine) -> tuple[str, ...]:
    """Return the cells of a line on paper, where two pairs of columns stand as one each."""
    texts = [_text(cell) for cell in cells_of(line)]
    papers = ", ".join(text for text in texts[10:12] if text)
    beside = ", ".join(text for text in texts[12:14] if text)
    return (*texts[:10], papers, beside, *texts[14:])


def _register_rows(lines: list[RegisterLine]) -> list[Row]:
    """Return the lines in three parts; a line that only gained a departure stands once."""
    parts = (
        (tr("Salarié·es"), EMPLOYED),
        (tr("Stagiaires"), {Status.TRAINEE}),
        (tr("Service civique"), {Status.CIVIC_SERVICE}),
    )
    after = {line.corrects_id: line for line in lines}
    rows: list[Row] = []
    for words, statuses in parts:
        those = [line for line in lines if line.status in statuses]
        if not those:
            continue
        rows.append(Band(words))
        for line in those:
            later = after.get(line.id)
            cells = _register_cells(line)
            if later is not None and only_completes(later, line):
                continue
            rows.append(Struck(cells) if later is not None or line.is_void else cells)
    return rows


def _text(cell: str | date | int | None) -> str:
    if cell is None:
        return ""
    return short_day(cell) if isinstance(cell, date) else str(cell)


def _arrival(contract: Contract, member: StaffMember) -> list[Flowable]:
    who = [
        Field(tr("Arrive le"), short_day(contract.first)),
        Field(tr("Accompagné·e par"), contract.tutor),
        Field(tr("École ou organisme"), contract.school),
    ]
    rows: list[Row] = [
        (
            row.title,
            short_day(row.due_on),
            short_day(row.done_on) if row.done_on else "",
            "",
        )
        for row in arrival_of(contract)
    ]
    columns = [
        Column(tr("Étape"), 6),
        Column(tr("Avant le"), 1.4),
        Column(tr("Fait le"), 1.4),
        Column(tr("Visa"), 1.2),
    ]
    signed = [Field(tr("Pour la cantine, date et signature")), Field(tr("La personne accueillie"))]
    return [
        title(member.name),
        paragraph(contract_words(contract)),
        FormRow(who),
        heading(tr("Étapes : {status}").format(status=tr(STATUSES[contract.status]))),
        ruled_table(columns, rows),
        Spacer(0, 8 * mm),
        FormRow(signed),
    ]


def _duty_columns() -> list[Column]:
    return [
        Column(tr("Avant le"), 1.3),
        Column(tr("Obligation"), 4),
        Column(tr("Pour"), 2),
        Column(tr("Fait le"), 1.3),
        Column(tr("Article"), 3),
    ]


def _duty_row(row: DutyRow) -> Row:
    done = short_day(row.done_on) if row.done_on else ""
    return short_day(row.due_on), row.title, row.name, done, duty(row.key).article


def _cited(key: str) -> str:
    each = duty(key)
    return f"{each.article} ({how_sure(sources()[each.source])})"


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "staff-register",
        mark("Registre unique du personnel"),
        write_register,
        "",
        Cadence.YEAR,
        "staff",
        screen="contracts",
    ),
    Document(
        "arrival-sheets",
        mark("Fiches d’accueil"),
        write_arrivals,
        "D26",
        Cadence.MONTH,
        "staff",
        screen="contracts",
    ),
    Document(
        "employer-duties",
        mark("Obligations de l’employeur"),
        write_duties,
        "",
        Cadence.YEAR,
        "staff",
        screen="contracts",
    ),
    Document(
        "staff-data-kept",
        mark("Données gardées sur l’équipe"),
        write_kept,
        "",
        Cadence.YEAR,
        "staff",
        screen="contracts",
    ),
)
