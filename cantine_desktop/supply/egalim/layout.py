"""The purchases file of the public platform: its columns, its words, the older layout.

Source: MA-CANTINE.
"""

from typing import NamedTuple

from cantine_desktop.supply.articles.model import FoodCategory, QualityLabel

SIRET, CANTEEN_ID = "siret", "cantine_id"
COMMON = ("description", "fournisseur", "date", "prix_ht", "famille_produits")
COLUMNS = (
    *(SIRET, *COMMON, "categories_egalim", "origine", "est_circuit_court", "est_local"),
    *("definition_local", "definition_local_km"),
)
OLD_COLUMNS = (SIRET, *COMMON, "caracteristiques", "definition_local")

FAMILIES = frozenset(family.value for family in FoodCategory)
LABELS = frozenset(label.value for label in QualityLabel)
OLD_WORDS = LABELS | {"EUROPE", "FRANCE", "CIRCUIT_COURT", "LOCAL"}
ORIGINS = frozenset({"EUROPE", "FRANCE"})
LOCAL_BY = frozenset({"PAT", "COMMUNE", "DEPARTEMENT", "REGION", "KM"})
OLD_LOCAL_BY = frozenset({"AUTOUR_SERVICE", "COMMUNE", "DEPARTEMENT", "REGION", "PAT", "AUTRE"})
YES = frozenset({"OUI", "oui", "x"})
NO = frozenset({"non", "NON", ""})

LARGEST = 10 * 1024 * 1024
"""Bytes the platform takes at most."""


class Layout(NamedTuple):
    """A layout of the file.

    Attributes:
        columns: In order; the first one is the SIRET, or the key of the canteen.
        is_old: The eight columns taken until the end of the campaign of 2027.
    """

    columns: tuple[str, ...]
    is_old: bool


LAYOUTS = tuple(
    Layout((first, *columns[1:]), is_old)
    for columns, is_old in ((COLUMNS, False), (OLD_COLUMNS, True))
    for first in (SIRET, CANTEEN_ID)
)


def layout_of(headings: tuple[str, ...]) -> Layout | None:
    """Return the layout whose headings these are, letter for letter and in order."""
    return next((layout for layout in LAYOUTS if layout.columns == headings), None)
