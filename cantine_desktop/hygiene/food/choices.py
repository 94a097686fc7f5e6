"""What is answered by a word on the sheets of food: families, decisions, methods."""

from enum import StrEnum

from cantine_desktop.hygiene.registers.register import Choice
from cantine_desktop.i18n import mark


class Ware(StrEnum):
    """A family of goods received, by the limit that is theirs (famille de denrées)."""

    MINCED_MEAT = "minced_meat"
    FRESH_FISH = "fresh_fish"
    MEAT_PREPARATION = "meat_prep"
    MEAT_CUT = "meat_cut"
    OFFAL = "offal"
    PREPARED = "pcea"
    VERY_PERISHABLE = "very_perishable"
    PERISHABLE = "perishable"
    PREPACKED = "prepacked_maker"
    FROZEN = "frozen"
    FROZEN_OTHER = "frozen_other"
    HOT = "hot_served"
    EGGS = "eggs_shell"
    PRODUCE = "produce"
    DRY = "dry"


WARES = (
    Choice(Ware.VERY_PERISHABLE, mark("Très périssable")),
    Choice(Ware.PERISHABLE, mark("Périssable")),
    Choice(Ware.MEAT_PREPARATION, mark("Volaille, prép. de viande")),
    Choice(Ware.MEAT_CUT, mark("Morceaux de viande")),
    Choice(Ware.MINCED_MEAT, mark("Hachée (viande)")),
    Choice(Ware.OFFAL, mark("Abats")),
    Choice(Ware.FRESH_FISH, mark("Poisson frais")),
    Choice(Ware.PREPARED, mark("Cuisiné à l’avance")),
    Choice(Ware.PREPACKED, mark("Étiquette du fabricant")),
    Choice(Ware.FROZEN, mark("Surgelé")),
    Choice(Ware.FROZEN_OTHER, mark("Congelé")),
    Choice(Ware.HOT, mark("Livré chaud")),
    Choice(Ware.EGGS, mark("Œufs")),
    Choice(Ware.PRODUCE, mark("Fruits et légumes")),
    Choice(Ware.DRY, mark("Épicerie")),
)

UNCOOLED = frozenset({Ware.EGGS, Ware.PRODUCE, Ware.DRY})
"""Families whose temperature nobody has to read at reception."""


class Supply(StrEnum):
    """How goods came in."""

    DELIVERED = "delivered"
    DONATED = "donated"
    COLLECTED = "collected"


SUPPLIES = (
    Choice(Supply.DELIVERED, mark("Livré")),
    Choice(Supply.DONATED, mark("Don")),
    Choice(Supply.COLLECTED, mark("Achat")),
)


class Decision(StrEnum):
    """What was decided of goods received."""

    ACCEPTED = "accepted"
    RESERVE = "reserve"
    REFUSED = "refused"


DECISIONS = (
    Choice(Decision.ACCEPTED, mark("Accepté")),
    Choice(Decision.RESERVE, mark("Réserve")),
    Choice(Decision.REFUSED, mark("Refusé")),
)


class Cooked(StrEnum):
    """What is cooked, by the core temperature it must reach."""

    OTHER = "other"
    MINCED_MEAT = "minced_meat"
    POULTRY = "poultry"
    FISH = "fish"
    LOW_TEMPERATURE = "low_temp"


COOKED = (
    Choice(Cooked.OTHER, mark("Autre plat")),
    Choice(Cooked.MINCED_MEAT, mark("Viande hachée")),
    Choice(Cooked.POULTRY, mark("Volaille")),
    Choice(Cooked.FISH, mark("Poisson")),
    Choice(Cooked.LOW_TEMPERATURE, mark("Basse température")),
)


class MakingPoint(StrEnum):
    """A control of a dish being made, by the code of its control point."""

    COLD_WORK = "PRE-07"
    REFROZEN = "STO-14"
    RAW_WASHED = "PRE-05"
    RAW_FISH = "PRE-09"
    WAITING = "PRE-10"
    PULSES = "PRE-11"
    TINS = "PRE-15"
    BUFFET = "SER-04"
    TAKEN_AWAY = "SER-06"
    GIVEN_AWAY = "DON-01"


MAKING_POINTS = (
    Choice(MakingPoint.COLD_WORK, mark("Préparation froide (°C, min)")),
    Choice(MakingPoint.REFROZEN, mark("Rien de recongelé")),
    Choice(MakingPoint.RAW_WASHED, mark("Crudités désinfectées (min)")),
    Choice(MakingPoint.RAW_FISH, mark("Poisson cru assaini par le froid")),
    Choice(MakingPoint.WAITING, mark("Attente du riz, des pâtes (min)")),
    Choice(MakingPoint.PULSES, mark("Légumineuses bouillies (min)")),
    Choice(MakingPoint.TINS, mark("Conserves saines")),
    Choice(MakingPoint.BUFFET, mark("Buffet protégé")),
    Choice(MakingPoint.TAKEN_AWAY, mark("Emporté avec consigne")),
    Choice(MakingPoint.GIVEN_AWAY, mark("Don sortant (°C)")),
)


class Surplus(StrEnum):
    """What becomes of food that was cooled (COL-04)."""

    SERVE = "serve"
    GIVE = "give"
    DISCARD = "discard"


SURPLUSES = (
    Choice(Surplus.SERVE, mark("Servir")),
    Choice(Surplus.GIVE, mark("Donner")),
    Choice(Surplus.DISCARD, mark("Jeter")),
)


class Meal(StrEnum):
    """A service of the day."""

    LUNCH = "lunch"
    DINNER = "dinner"
    OTHER = "other"


MEALS = (
    Choice(Meal.LUNCH, mark("Midi")),
    Choice(Meal.DINNER, mark("Soir")),
    Choice(Meal.OTHER, mark("Autre")),
)


class Temper(StrEnum):
    """How a dish is served."""

    HOT = "hot"
    COLD = "cold"


TEMPERS = (Choice(Temper.HOT, mark("Chaud")), Choice(Temper.COLD, mark("Froid")))


class DateKind(StrEnum):
    """What the date on a product means.

    Attributes:
        USE_BY: DLC: past it, the product is thrown away.
        BEST_BEFORE: DDM: past it, somebody decides.
        OPENED: The canteen's own date, on what it opened or made.
    """

    USE_BY = "use_by"
    BEST_BEFORE = "best_before"
    OPENED = "opened"


DATE_KINDS = (
    Choice(DateKind.USE_BY, mark("DLC")),
    Choice(DateKind.BEST_BEFORE, mark("DDM")),
    Choice(DateKind.OPENED, mark("Entamé, maison")),
)


class Sorting(StrEnum):
    """What was decided of a product whose date was looked at."""

    NOTHING = "nothing"
    USE = "use"
    GIVE = "give"
    DISCARD = "discard"


SORTINGS = (
    Choice(Sorting.USE, mark("Utiliser")),
    Choice(Sorting.GIVE, mark("Donner")),
    Choice(Sorting.DISCARD, mark("Jeter")),
    Choice(Sorting.NOTHING, mark("Rien à trier")),
)


def label_of(choices: tuple[Choice, ...], value: str | None) -> str:
    """Return the French words of an answer, marked; empty when it is none of them."""
    return next((choice.label for choice in choices if choice.value == value), "")
