"""The form of a breach, and the register of those of a period (D07)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, heading, lead, small
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_rows import (
    BreachRow,
    BreachState,
    action_delays,
    breach_row,
    breaches_of,
)
from cantine_desktop.hygiene.breach_tables import CauseGroup, Decision
from cantine_desktop.hygiene.breach_words import (
    about,
    bound_text,
    cause_group_name,
    decision_name,
    figure,
    measured_text,
    severity_name,
    state_name,
    what_was_done,
    where,
)
from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.retention.choices import months_kept
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.tolerated import Tolerated, tolerated_of
from cantine_desktop.i18n import hour, mark, number, round_half_up, short_day, tr, trn
from cantine_desktop.values.period import Period

CODE = "NC"
"""Letters that begin the number of every form."""


def write_form(
    session: Session, period: Period, now: datetime, target: IO[bytes], *, blank: bool
) -> None:
    """Write the forms of the breaches of a period, a page each; or one to fill by hand.

    Args:
        session: Where to read.
        period: Days they happened on; of a blank one, only the year is printed.
        now: The present instant.
        target: Where the PDF goes.
        blank: One empty form.
    """
    rows = [] if blank else breaches_of(session, period, now)
    if not rows and not blank:
        story: list[Flowable] = [lead(tr("Aucune non-conformité sur cette période."))]
        write_document(target, _frame(session, now, in_words(period)), story)
        return
    _write_forms(session, rows or [None], now, target, f"{CODE}-{period.first:%Y}-")


def write_one(session: Session, breach_id: int, now: datetime, target: IO[bytes]) -> None:
    """Write the form of one breach.

    Raises:
        UserError: It is not there any more.
    """
    row = breach_row(session, breach_id, now)
    if row is None:
        raise UserError(tr("Cette non-conformité n’est plus dans le livre."))
    _write_forms(session, [row], now, target, row.number or f"{CODE}-{row.day:%Y}-")


def write_register(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the breaches of a period in a table, then what was only tolerated.

    Args:
        session: Where to read.
        period: Days they happened on.
        now: The present instant.
        target: Where the PDF goes.
    """
    rows = breaches_of(session, period, now)
    story: list[Flowable] = [lead(_counted(rows, action_delays(session, period)))]
    if rows:
        story.append(ruled_table(_columns(), [_line(row) for row in rows], 8.5))
    zone = tolerated_of(session, period)
    story.append(heading(tr("Zone de tolérance (choix de la cantine)")))
    story += _zone(zone)
    frame = _frame(session, now, in_words(period), landscape=True)
    write_document(target, frame, story)


def _write_forms(
    session: Session, rows: Sequence[BreachRow | None], now: datetime, target: IO[bytes], code: str
) -> None:
    story: list[Flowable] = []
    for row in rows:
        if story:
            story.append(PageBreak())
        story += [FormRow(fields) for fields in _fields(row)]
    alone = len(rows) == 1
    frame = _frame(session, now, "", code=code if alone else CODE)
    write_document(target, frame, story)


def _frame(
    session: Session, now: datetime, period: str, *, code: str = CODE, landscape: bool = False
) -> PageFrame:
    title = tr("Registre des non-conformités") if landscape else tr("Fiche de non-conformité")
    footer = tr(
        "À conserver {n} mois après la clôture (note DGAL/SDSSA/N2012-8156, source secondaire). "
        "Forme de la fiche : choix de la cantine."
    ).format(n=months_kept(session)[Retention.VERIFICATION])
    return PageFrame(
        canteen_name(session), title, period, now, sheet_id=code, footer=footer, landscape=landscape
    )


def _fields(row: BreachRow | None) -> list[list[Field]]:
    """Return the numbered fields of a form, line by line; empty without a breach."""
    return [*_found(row), *_done(row), *_settled(row)]


def _found(row: BreachRow | None) -> list[list[Field]]:
    day = "" if row is None else f"{short_day(row.day)} {hour(row.opened_at)}"
    severities = tuple(
        (severity_name(each), row is not None and row.severity is each) for each in Severity
    )
    bound = "" if row is None else bound_text(row)
    value = "" if row is None or row.measured is None else figure(row.measured, row.unit)
    return [
        [
            Field(tr("1. N°"), row.number if row else "", 1.1),
            Field(tr("2. Date et heure"), day, 1.3),
            Field(tr("3. Détectée par"), row.noted_by if row else "", 1),
        ],
        [
            Field(tr("4. Ce qui est concerné, où"), about(row) if row else "", 1.7),
            Field(tr("5. Point de contrôle"), row.point if row else "", 1),
        ],
        [
            Field(tr("6. Constat"), row.words if row else "", 1.7, 3),
            Field(tr("7. Valeur / limite"), " / ".join(t for t in (value, bound) if t), 1, 3),
        ],
        [
            Field(tr("8. Produit"), row.product if row else "", 1.5),
            Field(tr("9. Lot"), row.lot if row else "", 1),
            Field(tr("10. Quantité"), row.quantity if row else "", 1),
        ],
        [Field(tr("11. Gravité"), lines=0, ticks=severities)],
    ]


def _done(row: BreachRow | None) -> list[list[Field]]:
    decisions = tuple(
        (decision_name(each), row is not None and row.decision is each) for each in Decision
    )
    groups = tuple(
        (cause_group_name(each), row is not None and row.cause_group is each) for each in CauseGroup
    )
    causes = dict.fromkeys(a.cause for a in row.actions if a.cause) if row else {}
    return [
        [Field(tr("12. Décision sur le produit"), lines=0, ticks=decisions)],
        [Field(tr("13. Action immédiate (qui, quand)"), _at_once(row), lines=4)],
        [Field(tr("14. Cause (5M)"), " ; ".join(causes), lines=2, ticks=groups)],
    ]


def _settled(row: BreachRow | None) -> list[list[Field]]:
    later = _later(row)
    checks = _rechecks(row)
    verified = closed = ""
    if row is not None and row.verified_at is not None:
        verified = f"{row.efficacy} ({row.verified_by}, {short_day(civil_date(row.verified_at))})"
    if row is not None and row.settled_at is not None:
        closed = f"{short_day(civil_date(row.settled_at))} {row.closed_by}".strip()
    due = short_day(row.due_on) if row and row.due_on else ""
    return [
        [Field(tr("15. Action corrective durable"), later, lines=3)],
        [
            Field(tr("16. Responsable"), row.responsible if row else ""),
            Field(tr("17. Échéance"), due),
            Field(tr("18. Nouveau contrôle : heure, valeur"), checks, 1.6),
        ],
        [Field(tr("19. Vérification d’efficacité (quoi, qui, quand)"), verified, lines=2)],
        [
            Field(tr("20. Clôturée le, par"), closed, lines=2),
            Field(tr("Visa du responsable"), lines=2),
        ],
    ]


def _at_once(row: BreachRow | None) -> str:
    if row is None:
        return ""
    return "\n".join(
        tr("{day} {hour} : {action} {initials}").format(
            day=short_day(civil_date(each.taken_at)),
            hour=hour(each.taken_at),
            action=each.action,
            initials=f"({each.initials})" if each.initials else "",
        )
        for each in row.actions
    )


def _later(row: BreachRow | None) -> str:
    """Say the last thing done, when somebody is in charge of what remains."""
    if row is None or not (row.due_on or row.responsible) or not row.actions:
        return ""
    return row.actions[-1].action


def _rechecks(row: BreachRow | None) -> str:
    if row is None:
        return ""
    said: list[str] = []
    for each in row.actions:
        if each.recheck_at is None:
            continue
        seen = tr("bon") if each.worked else tr("pas encore bon")
        value = seen if each.recheck_value is None else figure(each.recheck_value, row.unit)
        said.append(f"{hour(each.recheck_at)} : {value}")
    return ", ".join(said)


def _columns() -> list[Column]:
    return [
        Column(tr("N°"), 1.5),
        Column(tr("Écart"), 2.6),
        Column(tr("Constat"), 2.2),
        Column(tr("Gravité"), 1.1),
        Column(tr("Produit, lot, décision"), 2.6),
        Column(tr("Cause, action, contrôle"), 5),
        Column(tr("Ouverte"), 1.1, Align.RIGHT),
        Column(tr("État"), 1.6),
    ]


def _line(row: BreachRow) -> list[str]:
    bound = bound_text(row)
    seen = measured_text(row)
    said = f"{seen} ({bound})" if bound else seen
    if row.words and row.measured is not None:
        said += f", {row.words}"
    food = [row.product, row.lot, row.quantity]
    if row.decision is not None:
        food.append(decision_name(row.decision))
    days = row.hours // 24
    return [
        row.number or "—",
        where(row),
        said,
        severity_name(row.severity),
        ", ".join(part for part in food if part),
        what_was_done(row) or tr("Rien n’est encore noté."),
        tr("{n} h").format(n=row.hours) if row.hours < 48 else trn("{n} jour", "{n} jours", days),
        f"{state_name(row.state)} {row.closed_by}".strip(),
    ]


def _zone(rows: Sequence[Tolerated]) -> list[Flowable]:
    if not rows:
        return [small(tr("Rien dans la zone de tolérance sur cette période."))]
    columns = [
        Column(tr("Jour"), 1),
        Column(tr("Quoi"), 3),
        Column(tr("Mesure"), 2),
        Column(tr("Suite"), 4),
    ]
    lines = [
        [short_day(row.day), row.subject, row.words, row.followed or tr("sans suite notée")]
        for row in rows
    ]
    return [
        small(tr("Au-dessus de la limite, sans être un écart : à recontrôler, jamais conforme.")),
        ruled_table(columns, lines, 8.5),
    ]


def _counted(rows: Sequence[BreachRow], delays: Sequence[float]) -> str:
    still = sum(row.settled_at is None for row in rows)
    closed = sum(row.state is BreachState.CLOSED for row in rows)
    said = [
        trn("{n} non-conformité", "{n} non-conformités", len(rows)),
        trn("{n} encore ouverte", "{n} encore ouvertes", still),
        trn("{n} close et visée", "{n} closes et visées", closed),
    ]
    if delays:
        mean = round_half_up(Decimal(sum(delays)) / len(delays), 1)
        said.append(tr("première action {n} h après, en moyenne").format(n=number(mean)))
    return " · ".join(said)


DOCUMENTS = (
    Document(
        "breach-form-blank",
        mark("Fiche de non-conformité à remplir"),
        partial(write_form, blank=True),
        code="D07",
        cadence=Cadence.YEAR,
        area="hygiene",
        screen="breaches",
    ),
    Document(
        "breach-forms",
        mark("Fiches de non-conformité"),
        partial(write_form, blank=False),
        code="D07",
        cadence=Cadence.MONTH,
        area="hygiene",
        screen="breaches",
    ),
    Document(
        "breach-register",
        mark("Registre des non-conformités"),
        write_register,
        code="D07",
        cadence=Cadence.MONTH,
        area="hygiene",
        screen="breaches",
    ),
)
"""The form of a breach, empty and filled, and the register of a period."""
