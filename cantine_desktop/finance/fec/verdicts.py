"""The verdict of a check in words, the same on paper, on screen and in a terminal."""

from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.faults import Office, Report
from cantine_desktop.i18n import mark, tr, trn

_OFFICE = {
    Office.ACCEPTED: mark(
        "L’outil de l’administration (Test Compta Demat) dirait ce fichier conforme."
    ),
    Office.REFUSED: mark(
        "L’outil de l’administration (Test Compta Demat) dirait ce fichier non conforme."
    ),
    Office.REJECTED: mark(
        "L’outil de l’administration (Test Compta Demat) rejetterait ce fichier sans le lire : "
        "son nom ou son séparateur ne convient pas."
    ),
    Office.STOPPED: mark(
        "L’outil de l’administration (Test Compta Demat) s’arrêterait sur ce fichier sans le juger."
    ),
}
_SEPARATORS = {"\t": mark("tabulations"), "|": mark("barres verticales")}
_ENDS = {"\r\n": "CR LF", "\n": "LF", "\r": "CR", "\r\r\n": "CR CR LF"}
_ENCODINGS = {"utf-8": "UTF-8", "iso8859-15": "ISO 8859-15"}


def verdict_sentences(report: Report) -> list[str]:
    """Return the verdict, then what goes with it."""
    said: list[str] = []
    if report.errors:
        said.append(
            trn(
                "Ce fichier a {n} faute à corriger avant d’être remis.",
                "Ce fichier a {n} fautes à corriger avant d’être remis.",
                report.errors,
            )
        )
    elif report.unchecked:
        said.append(tr("Ce fichier n’a pas pu être contrôlé en entier."))
    else:
        said.append(tr("Ce fichier respecte la norme du FEC."))
    if report.unchecked:
        said.append(report.unchecked)
    if report.warnings:
        said.append(
            trn(
                "{n} point est à vérifier : la norme l’admet, il étonnerait.",
                "{n} points sont à vérifier : la norme les admet, ils étonneraient.",
                report.warnings,
            )
        )
    return said


def office_sentence(report: Report) -> str:
    """Say what the tax office's own tool would make of the file."""
    return tr(_OFFICE[report.office])


def beyond_office(report: Report) -> int:
    """Return how many faults the tax office's tool would not tell."""
    told = sum(fault.told_by_office for fault in report.faults)
    shown = len(report.faults)
    return report.errors + report.warnings - told - _untold(report, shown)


def _untold(report: Report, shown: int) -> int:
    """Return how many of the faults that are only counted its tool would tell as well."""
    if shown == report.errors + report.warnings:
        return 0
    left = 0
    for code, count in report.counts.items():
        here = [fault for fault in report.faults if fault.code == code]
        if here and all(fault.told_by_office for fault in here):
            left += count - len(here)
    return left


def severity_word(severity: Severity) -> str:
    """Say how much a fault weighs."""
    return tr("à corriger") if severity is Severity.ERROR else tr("à vérifier")


def form_words(report: Report) -> str:
    """Say how the file is written: characters, separators, line ends."""
    parts = [_ENCODINGS.get(report.encoding, report.encoding)]
    if report.separator:
        parts.append(tr(_SEPARATORS[report.separator]))
    if report.line_end:
        parts.append(_ENDS.get(report.line_end, ""))
    return ", ".join(parts)
