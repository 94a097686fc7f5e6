"""A purchases file judged as the public platform will: its schema, then the rules of its server.

The schema alone lets through what the server refuses: a price below zero, a day to come,
kilometres without « KM », labels parted by a comma and a space. We refuse a little more than
both: a description of blanks, and numbers no spreadsheet writes (``1_000``).

Source: MA-CANTINE.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from cantine_desktop.exchange.problems import Problem, UnreadableError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.egalim.layout import (
    FAMILIES,
    LABELS,
    LOCAL_BY,
    NO,
    OLD_LOCAL_BY,
    OLD_WORDS,
    ORIGINS,
    SIRET,
    YES,
    Layout,
    layout_of,
)
from cantine_desktop.supply.egalim.reading import read_rows

_PRICE = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WHOLE = re.compile(r"[0-9]+")
SIRET_DIGITS = 14
MOST_EUROS = 10**18
"""The server keeps twenty digits, two of them cents."""

Row = dict[str, str]


def judge(content: bytes, today: date) -> list[Problem]:
    """Return what the platform would refuse in a purchases file, in order; nothing when it may go.

    Args:
        content: The file.
        today: Civil day it would be sent: no purchase may be later.
    """
    try:
        rows = read_rows(content)
    except UnreadableError as error:
        return list(error.problems)
    return list(judge_rows(rows, today))


def judge_rows(rows: Sequence[Sequence[str]], today: date) -> Iterator[Problem]:
    """Yield what the platform would refuse in rows, the heading first; see ``judge``."""
    layout = layout_of(tuple(rows[0])) if rows else None
    if layout is None:
        yield Problem(1, "", tr("Les colonnes ne sont pas celles de la plateforme, dans l’ordre."))
        return
    if len(rows) == 1:
        yield Problem(1, "", tr("Ce fichier n’a aucun achat."))
    for line, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            yield Problem(line, "", tr("Une ligne vide : la plateforme la refuse."))
        elif len(cells) != len(layout.columns):
            yield Problem(
                line,
                "",
                tr("{found} cellules au lieu de {wanted}.").format(
                    found=len(cells), wanted=len(layout.columns)
                ),
            )
        else:
            row = dict(zip(layout.columns, cells, strict=True))
            for column, words in _judge_row(row, layout, today):
                yield Problem(line, column, words)


def _judge_row(row: Row, layout: Layout, today: date) -> Iterator[tuple[str, str]]:
    first = layout.columns[0]
    for column, said in (
        (first, _who(row[first], first)),
        ("description", _required(row["description"])),
        ("date", _day(row["date"], today)),
        ("prix_ht", _price(row["prix_ht"])),
        ("famille_produits", _one_of(row["famille_produits"], FAMILIES, required=True)),
    ):
        if said:
            yield column, said
    yield from (_judge_old if layout.is_old else _judge_new)(row)


def _judge_new(row: Row) -> Iterator[tuple[str, str]]:
    checks: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("categories_egalim", _labels),
        ("origine", _origin),
        ("est_circuit_court", _yes_or_no),
        ("est_local", _yes_or_no),
        ("definition_local", _local_by),
    )
    for column, check in checks:
        if said := check(row[column]):
            yield column, said
    by, kilometres = row["definition_local"].strip(), row["definition_local_km"].strip()
    if by and row["est_local"] not in YES:
        yield "definition_local", tr("Seulement pour un achat noté local.")
    if row["definition_local_km"] and not kilometres:
        yield "definition_local_km", _only_spaces()
    elif kilometres and not _WHOLE.fullmatch(kilometres):
        yield "definition_local_km", tr("Un nombre entier de kilomètres.")
    elif kilometres and by != "KM":
        yield "definition_local_km", tr("Seulement si « definition_local » est KM.")


def _judge_old(row: Row) -> Iterator[tuple[str, str]]:
    words = row["caracteristiques"]
    held = {word.strip() for word in words.split(",")} if words else set[str]()
    if not held <= OLD_WORDS:
        yield "caracteristiques", tr("Une caractéristique est inconnue.")
    elif held >= ORIGINS:
        yield "caracteristiques", tr("Une seule origine, FRANCE ou EUROPE.")
    if said := _one_of(row["definition_local"], OLD_LOCAL_BY):
        yield "definition_local", said
    elif row["definition_local"] and "LOCAL" not in held:
        yield "definition_local", tr("Seulement pour un achat noté local.")


def _who(text: str, column: str) -> str:
    digits = "".join(text.split())
    if not digits:
        return tr("Obligatoire.")
    if column != SIRET:
        is_number = _WHOLE.fullmatch(text.strip())
        return "" if is_number else tr("Le numéro de la cantine, en chiffres.")
    # The server looks the canteen up: the control digit was asked when it was registered.
    is_whole = len(digits) == SIRET_DIGITS and _WHOLE.fullmatch(digits)
    return "" if is_whole else tr("Un SIRET a 14 chiffres.")


def _required(text: str) -> str:
    return "" if text.strip() else tr("Obligatoire.")


def _day(text: str, today: date) -> str:
    found = _DAY.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        return tr("Une date s’écrit AAAA-MM-JJ, sans espace.")
    return tr("Un achat n’est pas à venir.") if day > today else ""


def _price(text: str) -> str:
    plain = text.strip()
    if not _PRICE.fullmatch(plain):
        return tr("Un prix s’écrit avec un point, sans espace ni signe : 1234.50.")
    price = Decimal(plain)
    if price < 0:
        return tr("Un prix n’est pas négatif.")
    return tr("Un prix est plus petit que cela.") if price >= MOST_EUROS else ""


def _one_of(text: str, known: frozenset[str], *, required: bool = False) -> str:
    plain = text.strip(" ")
    if not plain:
        if required:
            return tr("Obligatoire.")
        return _only_spaces() if text else ""
    return (
        ""
        if plain in known
        else tr("« {word} » n’est pas un mot de la plateforme.").format(word=plain)
    )


def _labels(text: str) -> str:
    plain = text.strip(" ")
    if not plain:
        return _only_spaces() if text else ""
    words = plain.split(",")
    if any(word != word.strip() for word in words):
        return tr("Pas d’espace après la virgule : BIO,IGP.")
    return next((said for word in words if (said := _one_of(word, LABELS, required=True))), "")


def _only_spaces() -> str:
    return tr("Une cellule vide ne contient pas même un espace.")


def _origin(text: str) -> str:
    return _one_of(text, ORIGINS)


def _yes_or_no(text: str) -> str:
    return "" if text in YES | NO else tr("OUI, x, NON ou rien.")


def _local_by(text: str) -> str:
    return _one_of(text, LOCAL_BY)
