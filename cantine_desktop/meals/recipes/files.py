"""The recipes for other programs and other canteens, and theirs for us."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.i18n import mark
from cantine_desktop.meals.recipes.taking import take_recipes
from cantine_desktop.meals.recipes.toml_writing import write_recipes

EXPORTS: tuple[Export, ...] = (
    Export("recipes", mark("Recettes (TOML)"), ".toml", write_recipes, "meals"),
)
IMPORTS: tuple[Import, ...] = (
    Import("recipes", mark("Recettes (TOML)"), (".toml", ".zip"), take_recipes, "meals"),
)
