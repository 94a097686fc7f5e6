"""Recipes of a file taken into the book: names tied to products, bases first, cycles refused."""

from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.quantities import nearest, singular
from cantine_desktop.meals.recipes.toml_reading import LineRead, RecipeRead, read_recipes
from cantine_desktop.meals.recipes.toml_writing import BASE, LOOSE
from cantine_desktop.meals.recipes.writing import (
    IngredientFacts,
    SheetFacts,
    add_recipe,
    change_recipe,
    facts_of,
)
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.text import fold


def take_recipes(session: Session, source: IO[bytes], _now: datetime) -> ImportReport:
    """Take recipes in; one of a known name is put up to date.

    Raises:
        UnreadableError: The file cannot be read at all.
    """
    reads, problems = read_recipes(source)
    taking = _Taking(session, reads, problems)
    return taking.take()


class _Taking:
    """Recipes being tied and kept."""

    def __init__(self, session: Session, reads: list[RecipeRead], problems: list[Problem]) -> None:
        self._session, self._problems = session, problems
        products = session.scalars(select(Product)).all()
        self._names = {each.name: each.id for each in products}
        self._products = {each.key: each.id for each in products if each.key}
        self._products |= {singular(each.name): each.id for each in products}
        self._products |= {fold(each.name): each.id for each in products}
        self._known = {fold(each.name): each for each in session.scalars(select(Recipe))}
        self._reads: dict[str, RecipeRead] = {}
        for read in filter(_has_name, reads):
            if fold(read.name) in self._reads:
                self._tell(read, read.line, "name", tr("Ce nom est déjà dans le fichier."))
            self._reads[fold(read.name)] = read
        self._count = {"added": 0, "unchanged": 0, "changed": 0}
        self._done: set[str] = set()

    def take(self) -> ImportReport:
        """Keep every recipe, unless something is wrong anywhere."""
        for read in self._reads.values():
            self._look(read)
        for name in self._reads:
            self._refuse_cycle(name)
        if not self._problems:
            for name in self._reads:
                self._keep(name)
        return ImportReport(
            self._count["added"],
            self._count["unchanged"],
            tuple(sorted(set(self._problems))),
            self._count["changed"],
        )

    def _look(self, read: RecipeRead) -> None:
        for line in read.lines:
            if line.name.startswith(LOOSE):
                continue
            if line.name.startswith(BASE):
                name = fold(line.name.removeprefix(BASE))
                if name not in self._reads and name not in self._known:
                    told = tr(
                        "La base « {name} » n’est ni dans le fichier, ni dans la cantine."
                    ).format(name=line.name.removeprefix(BASE)[:60])
                    self._tell(read, line.line, "ingredients", told)
            elif self._product(line.name) is None:
                self._tell(read, line.line, "ingredients", self._doubt(line.name))

    def _doubt(self, name: str) -> str:
        likely = nearest(name[:60], self._names)
        if not likely:
            return tr("« {name} » n’est pas un produit connu.").format(name=name[:60])
        return tr("« {name} » n’est pas un produit connu : {names} ?").format(
            name=name[:60], names=", ".join(likely)
        )

    def _product(self, name: str) -> int | None:
        for each in (name, fold(name), singular(name)):
            if each in self._products:
                return self._products[each]
        return None

    def _refuse_cycle(self, first: str) -> None:
        """Follow the bases of a recipe; tell when one of them leads back to it."""
        waiting, seen = self._parts(first), set[str]()
        while waiting:
            name = waiting.pop()
            if name == first:
                read = self._reads[first]
                words = tr("« {name} » se contient elle-même, par ses bases.").format(
                    name=read.name
                )
                self._tell(read, read.line, "ingredients", words)
                return
            if name not in seen:
                seen.add(name)
                waiting += self._parts(name)

    def _parts(self, name: str) -> list[str]:
        if name in self._reads:
            lines = self._reads[name].lines
            return [fold(each.name[1:]) for each in lines if each.name.startswith(BASE)]
        recipe = self._known.get(name)
        found = [] if recipe is None else [each.part_id for each in recipe.ingredients]
        return [
            fold(self._session.get_one(Recipe, part).name) for part in found if part is not None
        ]

    def _keep(self, name: str) -> None:
        # Bases first; cycles were refused, and the stack is ours: chains may be long.
        waiting = [name]
        while waiting:
            current = waiting[-1]
            left = [
                part
                for part in self._parts(current)
                if part in self._reads and part not in self._done
            ]
            if current in self._done or not left:
                waiting.pop()
                if current not in self._done:
                    self._done.add(current)
                    self._write(self._reads[current])
            else:
                waiting += left

    def _write(self, read: RecipeRead) -> None:
        facts = SheetFacts(
            **read.values,
            ingredients=tuple(map(self._facts, read.lines)),
            steps=tuple(read.steps),
        )
        known = self._known.get(fold(read.name))
        if known is None:
            self._known[fold(read.name)] = add_recipe(self._session, facts)
            self._count["added"] += 1
        elif facts_of(known) == facts:
            self._count["unchanged"] += 1
        else:
            change_recipe(self._session, known.id, facts)
            self._count["changed"] += 1

    def _facts(self, line: LineRead) -> IngredientFacts:
        product = part = None
        words = ""
        if line.name.startswith(LOOSE):
            words = line.name.removeprefix(LOOSE).strip() or line.name
        elif line.name.startswith(BASE):
            part = self._known[fold(line.name.removeprefix(BASE))].id
        else:
            product = self._product(line.name)
        return IngredientFacts(
            product, part, words, line.quantity, line.unit, line.net_yield, line.workshop
        )

    def _tell(self, read: RecipeRead, line: int, column: str, text: str) -> None:
        column = " · ".join(filter(None, (read.file, column)))
        self._problems.append(Problem(line, column, text))


def _has_name(read: RecipeRead) -> bool:
    return bool(read.name)
