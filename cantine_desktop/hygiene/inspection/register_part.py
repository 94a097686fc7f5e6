"""The chapter of a register: every record of the period, with what it replaced struck through."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from reportlab.platypus import Flowable

from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import Align, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Struck, ruled_table
from cantine_desktop.hygiene.inspection.controls import Control
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.masking import masked
from cantine_desktop.hygiene.inspection.signatures import signature_lines
from cantine_desktop.hygiene.inspection.words import SIGNS, counts_words
from cantine_desktop.hygiene.registers.honesty import remarks
from cantine_desktop.hygiene.registers.queries import Line, lines_of, records_of
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.i18n import month, tr
from cantine_desktop.sources import sources

SIZE = 8.5


def register_part(making: Making, register: Register, control: Control) -> Part:
    """Return the chapter of a register."""
    name = tr(register.title)
    frame = making.frame(name, kept_for(register.retention), landscape=register.landscape)
    return Part(name, frame, partial(_story, making, register, control), note=counts_words(control))


def kept_for(retention: object) -> str:
    """Return the foot of a chapter: how long its records are kept, and by which text."""
    rule = next((rule for key, rule in RETENTION.items() if key == retention), None)
    if rule is None:
        return ""
    source = sources().get(rule.source)
    said = source.title if source else rule.source
    if not rule.months:
        return tr("{label} : conservé tant que c’est valable ({source}).").format(
            label=tr(rule.label), source=said
        )
    return tr("{label} : conservé {months} mois ({source}).").format(
        label=tr(rule.label), months=rule.months, source=said
    )


def _story(making: Making, register: Register, control: Control) -> list[Flowable]:
    lines = lines_of(making.session, register, making.counted)
    story: list[Flowable] = [paragraph(counts_words(control))]
    story += [small(words) for words in register.legend(making.session, making.counted)]
    if register.keeps_names:
        story.append(
            small(
                tr(
                    "Les personnes ne sont désignées que par des initiales : leur nom n’apprend "
                    "rien sur la maîtrise sanitaire, et le livre ne le garde que le temps utile."
                )
            )
        )
    if lines and register.retention is Retention.BRIEFING:
        return [*story, *_by_month(lines)]
    if not lines:
        return [*story, paragraph(tr("Rien n’a été noté sur cette fiche pendant la période."))]
    story.append(_table(register, lines))
    story += signature_lines(making, register.key)
    found = remarks(register, records_of(making.session, register, making.counted))
    return [*story, *map(small, found)]


def _by_month(lines: Sequence[Line]) -> list[Flowable]:
    """Count the records of each month, without the people: who came proves nothing more."""
    counted = Counter(line.day.replace(day=1) for line in lines if not line.is_void)
    columns = [Column(tr("Mois"), 3), Column(tr("Enregistrements"), 2, Align.RIGHT)]
    rows = [[month(first), str(number)] for first, number in sorted(counted.items())]
    words = tr(
        "Seuls les nombres sont donnés : la liste des personnes accueillies n’est pas nécessaire "
        "à un contrôle, elle reste dans le livre pour la durée de conservation choisie."
    )
    return [small(words), ruled_table(columns, rows)]


def _table(register: Register, lines: Sequence[Line]) -> Flowable:
    columns = [Column(_title(column), column.share) for column in register.columns]
    columns.append(Column("", 0.45))
    rows: list[Row] = []
    for line in lines:
        rows += [Struck([*masked(register, former), ""]) for former in line.former]
        texts = [*masked(register, line.texts), SIGNS[line.verdict]]
        if line.is_void:
            rows.append(Struck(texts))
        else:
            rows.append(texts)
        if line.reason:
            rows.append(Band(_why(line)))
    return ruled_table(columns, rows, size=SIZE)


def _why(line: Line) -> str:
    return tr("Motif : {reason}").format(reason=line.reason)


def _title(column: object) -> str:
    title = tr(str(getattr(column, "title", "")))
    unit = str(getattr(column, "unit", ""))
    return f"{title} ({unit})" if unit else title
