"""The public list of recalls (RappelConso, CSV): its food notices, whatever its version.

The columns are those of ``rappelconso-v2-gtin-espaces`` on data.economie.gouv.fr; those of the
first version are known too. The list says in one cell what is recalled: bar codes, lots and
dates, written by whoever recalls.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import IO

from cantine_desktop.exchange.cells import Cell, to_day
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.exchange.sheets import Field, Row, read_sheet
from cantine_desktop.i18n import tr
from cantine_desktop.values.text import fold

LARGEST_LIST = 50_000_000
"""Bytes; the whole public list of food since 2021 takes about 30 MB."""

LONGEST = 2000
LONGEST_LOTS = 200_000
"""Signs of the cell that names lots: none is left out, or its lots would not be found."""
FOOD = "alimentation"

_MIDDAY = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*$")


def _clip(cell: Cell) -> str:
    """Return the text of a cell, cut where it goes on without end."""
    return " ".join(cell.text.split())[:LONGEST]


def _lots(cell: Cell) -> str:
    """Return what is recalled, whole.

    Raises:
        ValueError: It goes on without end.
    """
    text = " ".join(cell.text.split())
    if len(text) > LONGEST_LOTS:
        raise ValueError(tr("Ce texte est trop long pour être lu en entier."))
    return text


def _day(cell: Cell) -> date:
    """Return a civil day, the time beside it left out."""
    found = _MIDDAY.match(cell.text)
    return to_day(Cell(found[1], cell.is_plain) if found else cell)


def _loose_day(cell: Cell) -> date | None:
    """Return a civil day; ``None`` for what somebody wrote instead of one."""
    try:
        return _day(cell)
    except ValueError:
        return None


FIELDS = (
    Field("sheet", "numero_fiche", _clip, others=("reference_fiche",)),
    Field("published", "date_publication", _day, others=("date_de_publication",)),
    Field("category", "categorie_produit", _clip, others=("categorie_de_produit",)),
    Field("kind", "sous_categorie_produit", _clip, False, ("sous_categorie_de_produit",)),
    Field("name", "libelle", _clip, required=False),
    Field("model", "modeles_ou_references", _clip, False, ("noms_des_modeles_ou_references",)),
    Field("brand", "marque_produit", _clip, False, ("nom_de_la_marque_du_produit",)),
    Field("lots", "identification_produits", _lots, False, ("identification_des_produits",)),
    Field("sellers", "distributeurs", _clip, required=False),
    Field("reason", "motif_rappel", _clip, False, ("motif_du_rappel",)),
    Field("risk", "risques_encourus", _clip, False, ("risques_encourus_par_le_consommateur",)),
    Field("advice", "conduites_a_tenir_par_le_consommateur", _clip, required=False),
    Field("link", "lien_vers_la_fiche_rappel", _clip, required=False),
    Field("sold_from", "date_debut_commercialisation", _loose_day, required=False),
    Field("ended", "date_de_fin_de_la_procedure_de_rappel", _loose_day, required=False),
)
HEADINGS = tuple(field.heading for field in FIELDS)


@dataclass(frozen=True)
class Notice:
    """A food notice of the list.

    Attributes:
        sheet: Its number.
        lots: Bar codes, lots and dates it names, as written.
        sold_from: First civil day it was sold; ``None`` when nobody said.
        ended_on: Last civil day of the recall.
    """

    sheet: str
    published_on: date
    product: str
    brand: str
    category: str
    lots: str
    sellers: str
    reason: str
    risk: str
    advice: str
    link: str
    sold_from: date | None
    ended_on: date | None


@dataclass(frozen=True)
class NoticeList:
    """What a file of the list holds.

    Attributes:
        notices: Its food notices, the newest first, one a number.
        others: How many of its lines are no food.
        problems: What is wrong on the others.
    """

    notices: tuple[Notice, ...]
    others: int
    problems: tuple[Problem, ...]

    @property
    def newest(self) -> date | None:
        """The day of its last notice: how fresh the list is."""
        return self.notices[0].published_on if self.notices else None


def read_notices(source: IO[bytes]) -> NoticeList:
    """Read the public list of recalls.

    Raises:
        UnreadableError: It is no sheet, is too large, or lacks a column without which a
            notice means nothing.
    """
    sheet = read_sheet(source, FIELDS, LARGEST_LIST)
    food = [row for row in sheet.rows if fold(row["category"]) == FOOD]
    by_number: dict[str, Notice] = {}
    for row in food:
        found = _notice(row)
        known = by_number.get(found.sheet)
        if known is None or known.published_on <= found.published_on:
            by_number[found.sheet] = found
    newest = sorted(by_number.values(), key=lambda each: (each.published_on, each.sheet))
    return NoticeList(tuple(reversed(newest)), len(sheet.rows) - len(food), tuple(sheet.problems))


def _notice(row: Row) -> Notice:
    names = [row["name"] or "", row["model"] or ""]
    product = " – ".join(dict.fromkeys(filter(None, names))) or row["kind"] or tr("sans nom")
    return Notice(
        sheet=row["sheet"],
        published_on=row["published"],
        product=product,
        brand=row["brand"] or "",
        category=row["kind"] or row["category"],
        lots=row["lots"] or "",
        sellers=row["sellers"] or "",
        reason=row["reason"] or "",
        risk=row["risk"] or "",
        advice=row["advice"] or "",
        link=_link(row["link"] or ""),
        sold_from=row["sold_from"],
        ended_on=row["ended"],
    )


def _link(words: str) -> str:
    """Return an address that may be opened; nothing of another kind than the web's."""
    first = words.split("|", maxsplit=1)[0].strip()
    return first if first.startswith("https://") else ""
