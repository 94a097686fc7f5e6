"""The fourteen allergens that must be declared in writing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from cantine_desktop.i18n import mark, tr


class Allergen(StrEnum):
    """A family of allergens of annex II of the regulation on food information.

    Source: R1169.
    """

    GLUTEN = "gluten"
    CRUSTACEANS = "crustaceans"
    EGGS = "eggs"
    FISH = "fish"
    PEANUTS = "peanuts"
    SOY = "soy"
    MILK = "milk"
    NUTS = "nuts"
    CELERY = "celery"
    MUSTARD = "mustard"
    SESAME = "sesame"
    SULPHITES = "sulphites"
    LUPIN = "lupin"
    MOLLUSCS = "molluscs"


@dataclass(frozen=True)
class AllergenWords:
    """What people call an allergen.

    Attributes:
        name: One or two French words, marked: what labels and tables print.
        whole: The French name of the family, marked.
        examples: French examples of where it hides, marked.
    """

    name: str
    whole: str
    examples: str


ALLERGENS: dict[Allergen, AllergenWords] = {
    Allergen.GLUTEN: AllergenWords(
        mark("gluten"),
        mark("Céréales contenant du gluten"),
        mark("blé, seigle, orge, avoine, épeautre, kamut"),
    ),
    Allergen.CRUSTACEANS: AllergenWords(
        mark("crustacés"), mark("Crustacés"), mark("crevette, crabe, langoustine")
    ),
    Allergen.EGGS: AllergenWords(
        mark("œufs"), mark("Œufs"), mark("mayonnaise, pâtes fraîches, dorure")
    ),
    Allergen.FISH: AllergenWords(mark("poissons"), mark("Poissons"), mark("thon, anchois, surimi")),
    Allergen.PEANUTS: AllergenWords(
        mark("arachides"), mark("Arachides"), mark("cacahuète, huile d’arachide")
    ),
    Allergen.SOY: AllergenWords(mark("soja"), mark("Soja"), mark("sauce soja, tofu, lécithine")),
    Allergen.MILK: AllergenWords(
        mark("lait"), mark("Lait (lactose compris)"), mark("fromage, crème, beurre")
    ),
    Allergen.NUTS: AllergenWords(
        mark("fruits à coque"),
        mark("Fruits à coque"),
        mark("amande, noisette, noix, cajou, pécan, Brésil, pistache, macadamia"),
    ),
    Allergen.CELERY: AllergenWords(mark("céleri"), mark("Céleri"), mark("bouillon, céleri-rave")),
    Allergen.MUSTARD: AllergenWords(
        mark("moutarde"), mark("Moutarde"), mark("vinaigrette, marinade")
    ),
    Allergen.SESAME: AllergenWords(
        mark("sésame"), mark("Graines de sésame"), mark("houmous, tahini")
    ),
    Allergen.SULPHITES: AllergenWords(
        mark("sulfites"),
        mark("Anhydride sulfureux et sulfites, plus de 10 mg par kg ou par litre"),
        mark("vin, fruits secs"),
    ),
    Allergen.LUPIN: AllergenWords(mark("lupin"), mark("Lupin"), mark("farine de lupin")),
    Allergen.MOLLUSCS: AllergenWords(
        mark("mollusques"), mark("Mollusques"), mark("moule, calamar, poulpe")
    ),
}
"""Every allergen, in the order of the regulation.

Source: R1169.
"""


class Allergens(TypeDecorator[frozenset[Allergen]]):
    """A set of allergens in a column, as their keys in order."""

    impl = String(200)
    cache_ok = True

    @override
    def process_bind_param(self, value: frozenset[Allergen] | None, dialect: Dialect) -> str | None:
        return None if value is None else " ".join(sorted(value))

    @override
    def process_result_value(
        self, value: Any | None, dialect: Dialect
    ) -> frozenset[Allergen] | None:
        return None if value is None else frozenset(map(Allergen, value.split()))


def allergen_words(held: frozenset[Allergen]) -> str:
    """Return short French names in the order of the regulation: « gluten, lait, céleri »."""
    return ", ".join(tr(words.name) for each, words in ALLERGENS.items() if each in held)
