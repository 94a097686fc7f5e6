"""The control report of a FEC, on paper and for programs: the verdict first."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import IO

from reportlab.platypus import Flowable

from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Total, ruled_table
from cantine_desktop.finance.fec.codes import (
    CODES,
    ENTRY_CODES,
    FILE_CODES,
    HEADING_CODES,
    LINE_CODES,
    WHOLE_CODES,
    Severity,
)
from cantine_desktop.finance.fec.faults import SHOWN, Fault, Report, merged
from cantine_desktop.finance.fec.verdicts import (
    beyond_office,
    form_words,
    office_sentence,
    severity_word,
    verdict_sentences,
)
from cantine_desktop.i18n import mark, money, number, short_day, tr, trn

_FAMILIES = (
    (mark("Le fichier : nom, caractères, séparateurs, fins de ligne"), FILE_CODES),
    (mark("La première ligne : noms et ordre des zones"), HEADING_CODES),
    (mark("Les lignes : zones vides, dates, montants, comptes, tiers, lettrage"), LINE_CODES),
    (mark("Les écritures : équilibre, dates, validation, numéros en double"), ENTRY_CODES),
    (mark("L’ensemble : numérotation, ordre, à-nouveaux, caisse, lettrages, totaux"), WHOLE_CODES),
)
"""What is checked, in words, and the checks of each family."""
FOOTER = "LPF art. L.47 A et A.47 A-1 ; BOI-CF-IOR-60-40-20 ; PCG art. 921-2 à 921-4"


def write_report(target: IO[bytes], report: Report, now: datetime, canteen: str = "") -> None:
    """Write the control report of a file as PDF.

    Args:
        target: Where the PDF goes.
        report: What was found.
        now: The present instant, aware.
        canteen: Whose accounts they are, as far as is known.
    """
    frame = PageFrame(
        canteen=canteen or tr("Contrôle d’un fichier des écritures comptables"),
        title=tr("Rapport de contrôle du FEC"),
        period=_period(report),
        now=now,
        footer=FOOTER,
    )
    write_document(target, frame, story(report))


def story(report: Report) -> list[Flowable]:
    """Return the report as it is printed: verdict, office, file, faults one by one."""
    verdict, *rest = verdict_sentences(report)
    parts: list[Flowable] = [
        box(verdict, [*rest, office_sentence(report)]),
        _beyond(report),
        heading(tr("Le fichier")),
        _about(report),
    ]
    if not report.unchecked:
        parts += [heading(tr("Ce qui a été contrôlé")), _families(report), small(_beside(report))]
    if report.counts:
        parts += [heading(tr("Ce qui a été trouvé")), _summary(report)]
        parts += [heading(tr("Chaque faute, sa place et son remède")), _faults(report)]
    parts.append(small(_limits()))
    return parts


def as_json(report: Report) -> dict[str, object]:
    """Return the report for programs; amounts are texts in euros, days are ISO."""
    return {
        "file": report.name,
        "accepted": report.is_accepted,
        "tax_office_tool": report.office.value,
        "unchecked": report.unchecked,
        "errors": report.errors,
        "warnings": report.warnings,
        "sha256": report.sha256,
        "size": report.size,
        "encoding": report.encoding,
        "separator": report.separator,
        "line_end": report.line_end,
        "siren": report.siren,
        "closing": _iso(report.closing),
        "first_day": _iso(report.first_day),
        "last_day": _iso(report.last_day),
        "lines": report.lines,
        "entries": report.entries,
        "compared_with_prior_year": report.has_prior,
        "compared_with_ledger": report.has_ledger,
        "debit": f"{report.debit.euros:f}",
        "credit": f"{report.credit.euros:f}",
        "counts": dict(report.counts),
        "faults": [_fault_for_programs(fault) for fault in report.faults],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _fault_for_programs(fault: Fault) -> Mapping[str, object]:
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "line": fault.line,
        "column": fault.column,
        "field": fault.field,
        "told_by_tax_office_tool": fault.told_by_office,
        "text": fault.words,
        "remedy": fault.remedy,
        "source": fault.source,
    }


def _period(report: Report) -> str:
    if report.closing is not None:
        return tr("{name}, exercice clos le {day}").format(
            name=report.name, day=short_day(report.closing)
        )
    return report.name


def _beyond(report: Report) -> Flowable:
    """Return what the tax office's tool would not have seen."""
    count = beyond_office(report)
    if not count:
        return paragraph(tr("Ce contrôle n’a rien trouvé de plus que cet outil."))
    return paragraph(
        trn(
            "Ce contrôle a trouvé {n} point que cet outil ne regarde pas.",
            "Ce contrôle a trouvé {n} points que cet outil ne regarde pas.",
            count,
        )
    )


def _about(report: Report) -> Flowable:
    rows: list[Row] = [
        [tr("Taille"), trn("{n} octet", "{n} octets", report.size)],
        [tr("Empreinte SHA-256"), report.sha256],
    ]
    if report.encoding:
        rows.append([tr("Forme"), form_words(report)])
    if report.lines:
        counted = tr("{lines} en {entries}").format(
            lines=trn("{n} ligne", "{n} lignes", report.lines),
            entries=trn("{n} écriture", "{n} écritures", report.entries),
        )
        rows += [
            [tr("Écritures"), counted],
            [tr("Total des débits"), money(report.debit)],
            [tr("Total des crédits"), money(report.credit)],
        ]
    if report.first_day is not None and report.last_day is not None:
        days = tr("du {first} au {last}").format(
            first=short_day(report.first_day), last=short_day(report.last_day)
        )
        rows.append([tr("Dates des écritures"), days])
    return ruled_table([Column(tr("Nom"), 1), Column(report.name, 3)], rows, 9.5)


def _families(report: Report) -> Flowable:
    """Return the checks made, family by family, and how much each found."""
    rows: list[Row] = []
    for words, codes in _FAMILIES:
        found = sum(report.counts.get(code, 0) for code in codes)
        counted = trn("{n} point", "{n} points", found) if found else tr("rien à signaler")
        first, last = min(codes), max(codes)
        rows.append([tr(words), f"{first}–{last}", str(len(codes)), counted])
    columns = [
        Column(tr("Sur quoi"), 4.4),
        Column(tr("Codes"), 1),
        Column(tr("Contrôles"), 0.9, Align.RIGHT),
        Column(tr("Trouvé"), 1.5, Align.RIGHT),
    ]
    return ruled_table(columns, rows, 9.5)


def _beside(report: Report) -> str:
    """Say what the file was compared with, and with what it could not be."""
    prior = tr(
        "Les à-nouveaux ne sont pas comparés à la clôture d’avant : le FEC de cet exercice n’a pas "
        "été donné."
    )
    if report.has_prior:
        prior = tr("Les à-nouveaux sont comparés, compte par compte, à la clôture d’avant.")
    ledger = tr(
        "Les totaux ne sont pas comparés au grand livre d’origine (G12, G13) : lui seul les prouve."
    )
    if report.has_ledger:
        ledger = tr("Lignes, écritures, totaux et résultat sont comparés au grand livre.")
    return f"{prior} {ledger}"


def _summary(report: Report) -> Flowable:
    first = {fault.code: fault for fault in reversed(report.faults)}
    rows: list[Row] = [
        [
            code,
            tr(CODES[code].title),
            severity_word(first[code].severity),
            tr("le dirait") if first[code].told_by_office else tr("ne le voit pas"),
            _counted(count),
        ]
        for code, count in report.counts.items()
    ]
    rows.append(Total(["", tr("Total"), "", "", _counted(report.errors + report.warnings)]))
    columns = [
        Column(tr("Code"), 0.6),
        Column(tr("Contrôle"), 3.4),
        Column(tr("Poids"), 1.1),
        Column(tr("L’outil de l’administration"), 1.9),
        Column(tr("Nombre"), 0.9, Align.RIGHT),
    ]
    return ruled_table(columns, rows, 9.5)


def _counted(count: int) -> str:
    from decimal import Decimal  # noqa: PLC0415  -- numbers are written as decimals

    return number(Decimal(count))


def _faults(report: Report) -> Flowable:
    columns = [
        Column(tr("Ligne"), 1.5),
        Column(tr("Zone"), 1.4),
        Column(tr("Ce qui ne va pas"), 4.6),
    ]
    return ruled_table(columns, list(_fault_rows(report)), 9.5)


def _fault_rows(report: Report) -> Iterator[Row]:
    for code, faults in groupby(report.faults, key=_code):
        here = list(faults)
        yield Band(f"{code} · {tr(CODES[code].title)}")
        yield ["", tr("À faire"), f"{tr(CODES[code].remedy)} ({CODES[code].source})"]
        for lines, fault in merged(here):
            note = "" if fault.severity is Severity.ERROR else f"({severity_word(fault.severity)}) "
            yield [_line(lines), _zone(fault), note + fault.words]
        left = report.counts[code] - len(here)
        if left > 0:
            yield ["", "", trn("… et {n} autre de même.", "… et {n} autres de même.", left)]


def _line(lines: str) -> str:
    return lines or tr("fichier")


def _zone(fault: Fault) -> str:
    return f"{fault.column} · {fault.field}" if fault.column else ""


def _code(fault: Fault) -> str:
    return fault.code


def _limits() -> str:
    return tr(
        "De chaque contrôle, les {most} premières fautes sont dites une à une. Ce rapport ne "
        "remplace ni l’outil de l’administration (Test Compta Demat), ni l’avis de la personne "
        "qui tient les comptes."
    ).format(most=SHOWN)
