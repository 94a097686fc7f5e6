"""Which kind of file a bank sent, told by what it holds, and reading it."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.finance.bank.camt import is_camt, read_camt
from cantine_desktop.finance.bank.cfonb import is_cfonb, read_cfonb
from cantine_desktop.finance.bank.csv_guessing import find_headings, guess
from cantine_desktop.finance.bank.csv_mapping import CsvMapping
from cantine_desktop.finance.bank.csv_reading import read_csv
from cantine_desktop.finance.bank.csv_table import read_table
from cantine_desktop.finance.bank.ofx import is_ofx, read_ofx
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.finance.bank.services import read_service
from cantine_desktop.finance.bank.texts import require_size
from cantine_desktop.i18n import tr

_LEFT_OUT = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def read_bank_file(
    content: bytes, name: str, mapping: CsvMapping | None = None
) -> list[ReadStatement]:
    """Read a file of a bank or of a payment service: OFX, CAMT, CFONB 120, CSV, or a ZIP of them.

    Args:
        content: The whole file.
        name: Its name; only said in remarks, never believed.
        mapping: What the columns of a CSV file mean, when a person said it.

    Returns:
        One statement for each account, period or file it holds; what could not be read is told
        in their remarks.

    Raises:
        UnreadableError: Nothing of it can be read; ``MappingNeededError`` when a person can say
            what its columns mean.
    """
    if content.startswith(b"PK\x03\x04"):
        return list(_read_archive(content, mapping))
    require_size(content)
    _refuse_others(content)
    if is_camt(content):
        return read_camt(content)
    if is_ofx(content):
        return read_ofx(content)
    if is_cfonb(content):
        return read_cfonb(content)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise UnreadableError(
            whole_file(
                tr(
                    "ce fichier n’est pas un relevé connu ; "
                    "demandez à la banque OFX, CAMT.053, CFONB 120 ou CSV"
                )
            )
        )
    return read_csv(content, name, mapping)


def looks_like_bank(content: bytes) -> bool:
    """Tell whether a file is most likely a bank’s, before anybody is asked what it is."""
    if content.startswith(b"PK\x03\x04"):
        try:
            files = read_zip(BytesIO(content))
        except UnreadableError:
            return False
        return bool(files) and all(map(_is_statement, files.values()))
    return _is_statement(content) or _has_columns(content, named=True)


def may_be_bank(content: bytes) -> bool:
    """Tell whether a file could be a bank’s, its columns having names nobody knows."""
    return _has_columns(content, named=False)


def _is_statement(content: bytes) -> bool:
    return is_camt(content) or is_ofx(content) or is_cfonb(content)


def _has_columns(content: bytes, *, named: bool) -> bool:
    """Tell whether a text has columns of days and amounts, by their names or their cells."""
    try:
        require_size(content)
        _refuse_others(content)
        table = read_table(content)
    except UnreadableError:
        return False
    if named:
        return find_headings(table) >= 0 or read_service(table) is not None
    return guess(table).mapping.is_complete


def _refuse_others(content: bytes) -> None:
    for start, text in (
        (b"%PDF", tr("Ceci est un PDF ; demandez le même relevé au format OFX ou CSV.")),
        (b"\xd0\xcf\x11\xe0", _workbook()),
    ):
        if content.startswith(start):
            raise UnreadableError(whole_file(text))


def _workbook() -> str:
    return tr("Ceci est un classeur ; ouvrez-le dans votre tableur et enregistrez-le en CSV.")


def _read_archive(content: bytes, mapping: CsvMapping | None) -> Iterator[ReadStatement]:
    files = read_zip(BytesIO(content))
    if "[Content_Types].xml" in files:
        raise UnreadableError(whole_file(_workbook()))
    wanted = {
        name: inside
        for name, inside in sorted(files.items())
        if not any(part in name.casefold() for part in _LEFT_OUT)
    }
    if not wanted:
        raise UnreadableError(whole_file(tr("ce fichier ZIP ne contient aucun fichier")))
    problems: list[Problem] = []
    read = 0
    for name, inside in wanted.items():
        try:
            for statement in _read_inside(inside, name, mapping):
                read += 1
                yield statement
        except UnreadableError as error:
            if len(wanted) == 1:
                raise
            problems.extend(_within(name, each) for each in error.problems)
    if problems and not read:
        raise UnreadableError(*problems)
    if problems:
        yield ReadStatement("zip", remarks=tuple(problems))


def _within(name: str, problem: Problem) -> Problem:
    return replace(problem, text=f"{name} : {problem}", line=0, column="")


def _read_inside(content: bytes, name: str, mapping: CsvMapping | None) -> Iterator[ReadStatement]:
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableError(whole_file(tr("un ZIP dans un ZIP n’est pas ouvert")))
    for read in read_bank_file(content, name, mapping):
        yield replace(
            read, source=name, remarks=tuple(_within(name, each) for each in read.remarks)
        )
