"""Which column of a price list says what: remembered, told by its heading, or guessed."""

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.cells import CellError, decimal_with
from cantine_desktop.i18n import mark
from cantine_desktop.supply.articles.model import PriceListColumns
from cantine_desktop.supply.articles.price_list_packs import read_packs
from cantine_desktop.supply.articles.price_list_table import ListRow
from cantine_desktop.values.text import fold

HEADING_SEARCH = 30
"""Rows looked at for the headings: suppliers write a letterhead above them."""

MEANINGS = {
    "code": mark("Code"),
    "name": mark("Désignation"),
    "pack": mark("Conditionnement"),
    "price": mark("Prix"),
    "basis": mark("Prix pour"),
    "vat": mark("TVA"),
    "product": mark("Produit"),
    "supplier": mark("Fournisseur"),
}
"""What a column may say, as it is shown to the person who chooses."""

_HEADINGS = {
    "code": "code|code article|reference|ref|ref article|article code|n article|code produit|sku",
    "name": "designation|libelle|article|denomination|intitule|nom|description|nom article",
    "pack": "conditionnement|cond|colisage|emballage|contenance|unite de vente|uvc|packaging"
    "|format",
    "price": "prix|prix ht|pu ht|prix unitaire|prix unitaire ht|tarif|tarif ht|prix net|prix net ht"
    "|pu|prix € ht|prix ht €|prix de vente ht|montant ht",
    "basis": "prix pour|unite de prix|unite prix|prix du|unite de facturation|base|unite tarif"
    "|unite|ut",
    "vat": "tva|taux tva|taux de tva|tva %|code tva",
    "product": "produit|notre produit|produit cantine",
    "supplier": "fournisseur|nom du fournisseur",
}
_KNOWN = {name: key for key, names in _HEADINGS.items() for name in names.split("|")}
_PRICE = decimal_with(15)

Columns = dict[str, int]
"""Place of a column, from 0, by what it says."""


def find_columns(
    rows: Sequence[ListRow], remembered: Mapping[str, object] | None = None
) -> tuple[Columns, int]:
    """Return which column says what, and how many rows stand above the first article.

    Args:
        rows: The price list.
        remembered: What the last list of this supplier had (``remembered_columns``).
    """
    head = rows[:HEADING_SEARCH]
    best, above = _by_heading(head, dict(remembered or {}))
    if "price" in best and ({"code", "name"} & best.keys()):
        return best, above
    ranks = {key: place for key, place in (remembered or {}).items() if isinstance(place, int)}
    if "price" in ranks:
        return ranks, 0
    guessed = _by_content(rows[above : above + 200])
    return {**guessed, **best}, above


def remembered_columns(session: Session, supplier_id: int) -> dict[str, object]:
    """Return the columns of the last list of a supplier; empty when there was none."""
    query = select(PriceListColumns).where(PriceListColumns.supplier_id == supplier_id)
    known = session.scalar(query)
    return dict(known.columns) if known is not None else {}


def remember_columns(
    session: Session, supplier_id: int, rows: Sequence[ListRow], columns: Columns, above: int
) -> None:
    """Remember the columns of a list: by their heading when it has some, else by rank."""
    head = rows[above - 1].cells if above else ()
    kept: dict[str, object] = {
        key: head[place].text if place < len(head) and head[place].text else place
        for key, place in columns.items()
    }
    query = select(PriceListColumns).where(PriceListColumns.supplier_id == supplier_id)
    known = session.scalar(query)
    if known is None:
        session.add(PriceListColumns(supplier_id=supplier_id, columns=kept))
    elif known.columns != kept:
        known.columns = kept


def heading_key(text: str) -> str:
    """Return a heading as it is compared: no accents, no case, no points."""
    return " ".join(re.sub(r"[._:()°*/]", " ", fold(text)).split())


def _by_heading(head: Sequence[ListRow], remembered: dict[str, object]) -> tuple[Columns, int]:
    told = {heading_key(name): key for key, name in remembered.items() if isinstance(name, str)}
    best: Columns = {}
    above = 0
    for rank, row in enumerate(head):
        found: Columns = {}
        for names in (told, _KNOWN):
            for place, cell in enumerate(row.cells):
                key = names.get(heading_key(cell.text))
                if key and key not in found and place not in found.values():
                    found[key] = place
        if len(found) > len(best):
            best, above = found, rank + 1
    return best, above


def _by_content(rows: Sequence[ListRow]) -> Columns:
    """Guess the columns of a list without headings from what they hold."""
    width = max((len(row.cells) for row in rows), default=0)
    texts = [
        [row.cells[n].text for row in rows if n < len(row.cells) and row.cells[n].text]
        for n in range(width)
    ]
    free = [place for place in range(width) if texts[place]]
    found: Columns = {}
    for key, share in (("pack", _packs), ("price", _decimals), ("name", _words), ("code", _codes)):
        best = max(free, key=lambda place: share(texts[place]), default=None)
        if best is not None and share(texts[best]) > 0.5:
            found[key] = best
            free.remove(best)
    return found


def _packs(texts: list[str]) -> float:
    return sum(map(_is_pack, texts)) / len(texts)


def _is_pack(text: str) -> bool:
    try:
        read_packs(text)
    except CellError:
        return False
    return True


def _decimals(texts: list[str]) -> float:
    """Return the share of prices; cents make a better price than a whole number."""
    found = [re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,4})? ?€?(/.*)?", text) for text in texts]
    return sum(0.6 + 0.4 * bool(each[1]) for each in found if each) / len(texts)


def _words(texts: list[str]) -> float:
    return sum(min(1.0, len(re.findall(r"[^\W\d_]", text)) / 8) for text in texts) / len(texts)


def _codes(texts: list[str]) -> float:
    fits = sum(bool(re.fullmatch(r"[\w./-]{2,20}", text)) for text in texts)
    return len(set(texts)) / len(texts) * fits / len(texts)
