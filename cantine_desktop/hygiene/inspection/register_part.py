"""The chapter of a register: every record of the period, with what it replaced struck through."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from reportlab.platypus import Flowable

from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import Align, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Struck, ruled_table
from cantine_desktop.hygiene.inspection.controls import Control
from cantine_desktop.hygiene.inspection.fitting import fitted_table
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.masking import masked
from cantine_desktop.hygiene.inspection.signatures import signature_lines
from cantine_desktop.hygiene.inspection.words import SIGNS, counts_words
from cantine_desktop.hygiene.registers.honesty import remarks
from cantine_desktop.hygiene.registers.queries import Line, lines_of, records_of
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_notes import kept_line
from cantine_desktop.i18n import month, tr

SIZE = 8.5
WIDE = 13
"""More columns than this are written smaller."""
WIDE_SIZE = 7.5


def register_part(making: Making, register: Register, control: Control) -> Part:
    """Return the chapter of a register."""
    name = tr(register.title)
    frame = making.frame(
        name, kept_line(making.session, register.retention), landscape=register.landscape
    )
    return Part(name, frame, partial(_story, making, register, control), note=counts_words(control))


def _story(making: Making, register: Register, control: Control) -> list[Flowable]:
    lines = lines_of(making.session, register, making.counted)
    story: list[Flowable] = [paragraph(counts_words(control))]
    story += [small(words) for words in register.legend(making.session, making.counted)]
    if register.keeps_names:
        story.append(
            small(
                tr(
                    "Les personnes ne sont désignées que par des initiales : leur nom n’apprend "
                    "rien sur la maîtrise sanitaire, et le livre ne le garde que le temps utile."
                )
            )
        )
    if lines and register.retention is Retention.BRIEFING:
        return [*story, *_by_month(lines)]
    if not lines:
        return [*story, paragraph(tr("Rien n’a été noté sur cette fiche pendant la période."))]
    width = making.frame("", landscape=register.landscape).room[0]
    story += _table(register, lines, width)
    story += signature_lines(making, register.key)
    found = remarks(register, records_of(making.session, register, making.counted))
    return [*story, *map(small, gathered(found))]


def gathered(remarks: Sequence[str]) -> list[str]:
    """Return remarks, each once, with how many times it is made."""
    times = Counter(remarks)
    return [
        words if count == 1 else tr("{remark} ({n} fois)").format(remark=words, n=count)
        for words, count in times.items()
    ]


def _by_month(lines: Sequence[Line]) -> list[Flowable]:
    """Count the records of each month, without the people: who came proves nothing more."""
    counted = Counter(line.day.replace(day=1) for line in lines if not line.is_void)
    columns = [Column(tr("Mois"), 3), Column(tr("Enregistrements"), 2, Align.RIGHT)]
    rows = [[month(first), str(number)] for first, number in sorted(counted.items())]
    words = tr(
        "Seuls les nombres sont donnés : la liste des personnes accueillies n’est pas nécessaire "
        "à un contrôle, elle reste dans le livre pour la durée de conservation choisie."
    )
    return [small(words), ruled_table(columns, rows)]


def _table(register: Register, lines: Sequence[Line], width: float) -> list[Flowable]:
    """Return the records, month by month; columns in which nothing was ever typed are left out."""
    texts = [masked(register, line.texts) for line in lines]
    every = [*texts, *(masked(register, old) for line in lines for old in line.former)]
    kept = [rank for rank in range(len(register.columns)) if any(row[rank] for row in every)]
    heads = [*(_title(register.columns[rank]) for rank in kept), ""]
    rows: list[Row] = []
    first = None
    for line, mine in zip(lines, texts, strict=True):
        if line.day.replace(day=1) != first:
            first = line.day.replace(day=1)
            rows.append(Band(month(first)))
        rows += [Struck([*_some(masked(register, old), kept), ""]) for old in line.former]
        shown = [*_some(mine, kept), SIGNS[line.verdict]]
        rows.append(Struck(shown) if line.is_void else shown)
        if line.reason:
            rows.append(Band(_why(line)))
    size = WIDE_SIZE if len(heads) > WIDE else SIZE
    story: list[Flowable] = [fitted_table(heads, rows, size, width)]
    left = [_title(column) for rank, column in enumerate(register.columns) if rank not in kept]
    if left:
        words = tr("Colonnes où rien n’a été noté : {columns}.").format(columns=", ".join(left))
        story.append(small(words))
    return story


def _some(texts: Sequence[str], kept: Sequence[int]) -> list[str]:
    return [texts[rank] for rank in kept]


def _why(line: Line) -> str:
    return tr("Motif : {reason}").format(reason=line.reason)


def _title(column: object) -> str:
    title = tr(str(getattr(column, "title", "")))
    unit = str(getattr(column, "unit", ""))
    return f"{title} ({unit})" if unit else title
