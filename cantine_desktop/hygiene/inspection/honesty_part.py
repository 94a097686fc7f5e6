"""The last chapters: breaches, what was tolerated, what is missing, and what looks odd."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from reportlab.platypus import Flowable
from sqlalchemy import func, select

from cantine_desktop.canteen.calendar import closed_days, open_days
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Struck, ruled_table
from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.cleaning.matrix import Matrix
from cantine_desktop.hygiene.honesty import identical_series
from cantine_desktop.hygiene.inspection.controls import READINGS
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.register_part import gathered
from cantine_desktop.hygiene.inspection.words import missing_in
from cantine_desktop.hygiene.keeping.holds import REASONS, holds
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Gap, Slot
from cantine_desktop.hygiene.queries import Cell, Round, UnitRow
from cantine_desktop.hygiene.registers.honesty import remarks
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.registers.scans import SheetScan
from cantine_desktop.hygiene.words import gap_name, series_words, slot_name, value_text
from cantine_desktop.i18n import celsius, short_day, tr, trn
from cantine_desktop.storage.attachments import Attachment

MOST = 400
"""Lines of a list; more are counted, and stand in the embedded records."""


def honesty_parts(making: Making) -> list[Part]:
    """Return the chapters on what went wrong, what is missing and what looks odd."""
    chapters: list[tuple[str, Callable[[Making], list[Flowable]], str]] = [
        (tr("Zone de tolérance"), _tolerated, ""),
        (tr("Ce qui manque, jour par jour"), _gaps, _missing_note(making)),
        (tr("Jours fermés"), _closed, ""),
        (tr("Écritures tardives, séries et remplissages groupés"), _odd, ""),
        (tr("Corrections après signature"), _corrections, ""),
        (tr("Fiches numérisées"), _scans, ""),
        (tr("Enregistrements gelés"), _holds, ""),
    ]
    return [
        Part(title, making.frame(title), partial(story, making), note=note)
        for title, story, note in chapters
    ]


def _missing_note(making: Making) -> str:
    return trn("{n} manquant", "{n} manquants", missing_in(list(making.controls)))


def _tolerated(making: Making) -> list[Flowable]:
    """List the readings above the limit that the canteen only rechecks."""
    rows = [
        [
            f"{day:%d/%m/%Y} {slot_name(slot)}",
            unit.name,
            celsius(cell.value.celsius),
            celsius(cell.limit),
            cell.value.note,
            cell.initials,
        ]
        for unit in making.units
        for (day, slot), cell in _in_order(unit)
        if cell.verdict is Verdict.TOLERATED and cell.value.celsius is not None
    ]
    words = tr(
        "Au-dessus de la limite, ou trop froid, dans la zone que la cantine s’est donnée : ce "
        "n’est pas conforme, c’est à recontrôler avant de vider l’enceinte."
    )
    if not rows:
        return [paragraph(words), paragraph(tr("Aucun relevé dans cette zone."))]
    columns = [
        Column(tr("Quand"), 2),
        Column(tr("Enceinte"), 2.2),
        Column(tr("Relevé"), 1.1, Align.RIGHT),
        Column(tr("Limite"), 1.1, Align.RIGHT),
        Column(tr("Note"), 3),
        Column(tr("Visa"), 0.8),
    ]
    return [paragraph(words), *_cut(columns, rows)]


def _gaps(making: Making) -> list[Flowable]:
    """List what was due and is not there: readings one by one, sheets by their figures."""
    story: list[Flowable] = [
        paragraph(
            tr(
                "Rien n’est rempli par le logiciel : ce qui n’a pas été noté manque ici, avec la "
                "raison quand quelqu’un l’a donnée."
            )
        )
    ]
    rows = list(_reading_gaps(making))
    if rows:
        columns = [Column(tr("Jour"), 1.4), Column(tr("Moment"), 1), Column(tr("Enceintes"), 4)]
        columns.append(Column(tr("Raison"), 3))
        story += [heading(tr("Températures")), *_cut(columns, rows)]
    lacking = [
        [each.title, str(each.counts.missing), str(each.counts.explained), str(each.counts.due)]
        for each in making.controls
        if each.key != READINGS and (each.counts.missing or each.counts.explained)
    ]
    if lacking:
        right = Align.RIGHT
        heads = [Column(tr("Fiche"), 5), Column(tr("Manquants"), 1.2, right)]
        heads += [Column(tr("Expliqués"), 1.2, right), Column(tr("Prévus"), 1, right)]
        story += [heading(tr("Autres fiches")), ruled_table(heads, lacking, size=9.5)]
    if not rows and not lacking:
        story.append(paragraph(tr("Rien ne manque sur la période.")))
    return story


def _reading_gaps(making: Making) -> Iterator[list[str]]:
    units = making.units
    opened = frozenset(open_days(making.session, making.counted))
    days = sorted(opened | {day for unit in units for day, _slot in unit.cells})
    for day in days:
        for slot in Slot:
            reasons: dict[str, list[str]] = {}
            for unit in units:
                why = _reason(unit, day, slot, is_open=day in opened)
                if why is not None:
                    reasons.setdefault(why, []).append(unit.name)
            for why, names in reasons.items():
                shown = tr("toutes") if len(names) == len(units) > 1 else ", ".join(names)
                yield [f"{day:%d/%m/%Y}", slot_name(slot), shown, why]


def _reason(unit: UnitRow, day: date, slot: Slot, *, is_open: bool) -> str | None:
    cell = unit.cells.get((day, slot))
    if cell is None:
        return tr("rien n’a été noté") if is_open and unit.is_due(day, slot) else None
    if cell.value.gap in {None, Gap.CLOSED}:
        return None
    assert cell.value.gap is not None
    return " : ".join(part for part in (gap_name(cell.value.gap), cell.value.note) if part)


def _closed(making: Making) -> list[Flowable]:
    rows = [
        [short_day(each.day), each.reason or tr("raison non donnée")]
        for each in closed_days(making.session, making.counted)
    ]
    if not rows:
        return [paragraph(tr("Aucun jour de service n’a été déclaré fermé."))]
    return [
        paragraph(
            trn(
                "{n} jour de service habituel sans service, où rien n’était dû.",
                "{n} jours de service habituels sans service, où rien n’était dû.",
                len(rows),
            )
        ),
        *_cut([Column(tr("Jour"), 1.5), Column(tr("Raison"), 5)], rows),
    ]


def _odd(making: Making) -> list[Flowable]:
    """List late writings, equal values in a row and rows written in one go."""
    units = making.units
    late = [
        (day, cell.recorded_on)
        for unit in units
        for (day, _slot), cell in unit.cells.items()
        if cell.late and cell.value.gap is not Gap.CLOSED
    ]
    story: list[Flowable] = [
        paragraph(
            tr(
                "Ce sont des questions à poser, jamais des verdicts : une feuille recopiée le "
                "vendredi est tardive et peut être vraie ; un bon congélateur peut rester à "
                "−20 °C."
            )
        ),
        heading(tr("Températures")),
        paragraph(_late_words(late)),
        *(paragraph(series_words(series)) for series in identical_series(units)),
    ]
    for register in catalogue.REGISTERS:
        said = remarks(register, records_of(making.session, register, making.counted))
        if said:
            story += [heading(tr(register.title)), *map(paragraph, gathered(said))]
    for matrix in catalogue.MATRICES:
        said = _odd_boxes(making, matrix)
        if said:
            story += [heading(tr(matrix.title)), *map(paragraph, said)]
    return story


def _odd_boxes(making: Making, matrix: Matrix) -> list[str]:
    """Count the boxes ticked after their day, and those of a day ticked in one gesture."""
    model = matrix.model
    query = select(model.day, model.recorded_at, model.is_batch).where(
        model.day >= making.counted.first, model.day < making.counted.end
    )
    rows = making.session.execute(query).all()
    late = sum(civil_date(recorded) > day for day, recorded, _batch in rows)
    batch = {day for day, _recorded, is_batch in rows if is_batch}
    said: list[str] = []
    if late:
        said.append(
            trn("{n} case cochée après son jour.", "{n} cases cochées après leur jour.", late)
        )
    if batch:
        said.append(
            trn(
                "{n} jour coché d’un seul geste (« tout fait ce jour »).",
                "{n} jours cochés d’un seul geste (« tout fait ce jour »).",
                len(batch),
            )
        )
    return said


def _late_words(late: list[tuple[date, date]]) -> str:
    if not late:
        return tr("Aucun relevé n’a été écrit après son jour.")
    delays = [(recorded - day).days for day, recorded in late]
    return trn(
        "{n} relevé écrit après son jour",
        "{n} relevés écrits après leur jour",
        len(late),
    ) + tr(" ; le plus tardif, {days} jours après.").format(days=max(delays))


def _corrections(making: Making) -> list[Flowable]:
    """List what signed records said, struck through, and what replaced them."""
    rows: list[Row] = []
    for unit in making.units:
        for (day, slot), cell in _in_order(unit):
            if not cell.former:
                continue
            spot = f"{unit.name}, {day:%d/%m/%Y} {slot_name(slot)}"
            rows.append(Band(spot))
            rows += [Struck([value_text(value), value.note]) for value in cell.former]
            rows.append([value_text(cell.value), cell.value.note])
    corrected = _corrected_records(making)
    story: list[Flowable] = []
    if rows:
        story.append(ruled_table([Column(tr("Valeur"), 1.5), Column(tr("Motif"), 5)], rows, 9.5))
    story += [
        paragraph(tr("{title} : {n} corrigés, barrés dans leur chapitre.").format(title=t, n=n))
        for t, n in corrected
    ]
    return story or [paragraph(tr("Rien n’a été corrigé après signature."))]


def _corrected_records(making: Making) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    sheets: list[Register | Matrix] = [*catalogue.REGISTERS, *catalogue.MATRICES]
    for sheet in sheets:
        model = sheet.model
        count = making.session.scalar(
            select(func.count(model.id)).where(
                model.day >= making.counted.first,
                model.day < making.counted.end,
                model.corrects_id.is_not(None),
            )
        )
        if count:
            found.append((tr(sheet.title), count))
    return found


def _scans(making: Making) -> list[Flowable]:
    query = (
        select(SheetScan.register, SheetScan.monday, Attachment.name, Attachment.added_at)
        .join(Attachment, Attachment.id == SheetScan.attachment_id)
        .where(SheetScan.monday >= making.counted.first, SheetScan.monday < making.counted.end)
        .order_by(SheetScan.monday, SheetScan.id)
    )
    titles = {control.key: control.title for control in making.controls}
    rows = [
        [
            titles.get(register, register),
            tr("semaine du {day}").format(day=short_day(monday)),
            name,
            short_day(civil_date(added)),
        ]
        for register, monday, name, added in making.session.execute(query)
    ]
    if not rows:
        return [paragraph(tr("Aucune fiche papier n’a été numérisée et jointe."))]
    columns = [Column(tr("Fiche"), 3), Column(tr("Semaine"), 2), Column(tr("Fichier"), 4)]
    columns.append(Column(tr("Joint le"), 1.3))
    note = tr("Les images restent dans le livre ; elles peuvent être montrées à l’écran.")
    return [*_cut(columns, rows), small(note)]


def _holds(making: Making) -> list[Flowable]:
    """List the holds: what may not be destroyed, since when and why."""
    rows = [
        [
            short_day(civil_date(hold.since)),
            tr(REASONS[hold.reason]),
            hold.words,
            tr("du {first}").format(first=short_day(hold.first))
            + (tr(" au {last}").format(last=short_day(hold.end)) if hold.end else ""),
            short_day(civil_date(hold.lifted_at)) if hold.lifted_at else tr("en cours"),
        ]
        for hold in holds(making.session)
    ]
    if not rows:
        return [paragraph(tr("Aucun enregistrement n’est gelé."))]
    columns = [Column(tr("Depuis"), 1.2), Column(tr("Raison"), 2), Column(tr("Objet"), 4)]
    columns += [Column(tr("Jours"), 2.4), Column(tr("Levé le"), 1.2)]
    return [*_cut(columns, rows)]


def _in_order(unit: UnitRow) -> list[tuple[Round, Cell]]:
    """Return the cells of a unit by day, the morning first."""
    return sorted(unit.cells.items(), key=lambda pair: (pair[0][0], pair[0][1] is Slot.EVENING))


def _cut(columns: list[Column], rows: list[list[str]]) -> list[Flowable]:
    """Return a table of the first lines, and how many more there are."""
    story: list[Flowable] = [ruled_table(columns, rows[:MOST], size=9.5)]
    left = len(rows) - MOST
    if left > 0:
        story.append(
            paragraph(
                trn(
                    "{n} ligne de plus, dans le fichier joint des enregistrements.",
                    "{n} lignes de plus, dans le fichier joint des enregistrements.",
                    left,
                )
            )
        )
    return story
