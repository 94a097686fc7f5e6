"""Recipes read from TOML that somebody wrote: everything that is wrong told at once, with lines."""

import io
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import starmap
from typing import IO, Any, cast

from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.exchange.decoding import decode_text, read_limited
from cantine_desktop.exchange.problems import Problem, UnreadableError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.model import Course, Unit
from cantine_desktop.meals.recipes.writing import MOST_PORTIONS, StepFacts

LARGEST = 2 * 1024 * 1024
MOST_RECIPES = 2_000
MOST_LINES = 200
LONGEST_NAME = 120
LONGEST = 2_000
MOST = Decimal(1_000_000)
_ZIP = b"PK\x03\x04"
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_PLACE = re.compile(r"at line (\d+)")
_RISKY = re.compile(r"[=+\-@?\t\r]")
_KEYS = frozenset({
    *("key", "name", "course", "portions", "ingredients", "steps"),
    *("yields_grams", "minutes", "keeps_days", "is_hot", "notes"),
})


@dataclass(frozen=True)
class LineRead:
    """A line of a recipe: what it names, its quantity, where it stands."""

    name: str
    quantity: Decimal | None
    unit: Unit
    workshop: str
    net_yield: Decimal | None
    line: int


@dataclass
class RecipeRead:
    """A recipe of a file; see ``Recipe``."""

    file: str
    line: int
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    lines: list[LineRead] = field(default_factory=list[LineRead])
    steps: list[StepFacts] = field(default_factory=list[StepFacts])

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.values.get("name", ""))


def read_recipes(source: IO[bytes]) -> tuple[list[RecipeRead], list[Problem]]:
    """Read one file, or a ZIP of files.

    Raises:
        UnreadableError: It is no text, no ZIP, or out of measure.
    """
    content = read_limited(source)
    found: list[RecipeRead] = []
    problems: list[Problem] = []
    files = {"": content}
    if content.startswith(_ZIP):
        inside = read_zip(io.BytesIO(content))
        files = {name: each for name, each in inside.items() if name.lower().endswith(".toml")}
        if not files:
            problems.append(Problem(0, "", tr("Ce ZIP ne contient aucun fichier .toml.")))
    for name, each in files.items():
        reading = _File(name, problems)
        found += reading.read(each)
    return found, problems


class _File:
    """One file being read."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self._name, self._problems = name, problems
        self._text: list[str] = []

    def read(self, content: bytes) -> list[RecipeRead]:
        """Return its recipes; what is wrong is added to the problems."""
        if len(content) > LARGEST:
            self._tell(0, "", tr("Ce fichier dépasse 2 Mo : coupez-le en plusieurs."))
            return []
        try:
            text = decode_text(content)
        except UnreadableError as error:
            for each in error.problems:
                self._tell(each.line, each.column, each.text)
            return []
        self._text = text.splitlines()
        tables = self._tables(text)
        starts = [n for n, line in enumerate(self._text, 1) if line.strip() == "[[recipe]]"]
        if len(starts) != len(tables):
            starts = [0] * len(tables)
        return list(starmap(self._recipe, zip(tables, starts, strict=True)))

    def _tables(self, text: str) -> Sequence[Any]:
        try:
            read = tomllib.loads(text)
        except RecursionError:
            self._tell(0, "", tr("Ce fichier emboîte trop de crochets pour être des recettes."))
            return ()
        except ValueError as error:
            place = _PLACE.search(str(error))
            line = int(place[1]) if place else 0
            self._tell(line, "", tr("Ce n’est pas du TOML : une virgule ou un guillemet manque."))
            return ()
        tables = _list(read.get("recipe"))
        if not tables or set(read) != {"recipe"}:
            self._tell(0, "", tr("Chaque recette commence par une ligne [[recipe]]."))
            return ()
        if len(tables) > MOST_RECIPES:
            self._tell(0, "", tr("Ce fichier a trop de recettes : coupez-le en plusieurs."))
            return ()
        return tables

    def _recipe(self, told: Any, line: int) -> RecipeRead:
        read = RecipeRead(self._name, line)
        table = cast("dict[str, Any]", told) if isinstance(told, dict) else None
        if table is None:
            self._tell(line, "recipe", tr("Une recette a un nom, des portions, des ingrédients."))
            return read
        for key in sorted(set(map(str, table)) - _KEYS):
            self._tell(line, key[:LONGEST_NAME], tr("Ce champ n’existe pas dans une recette."))
        self._head(read, table, line)
        for rank, cells in enumerate(self._rows(table, "ingredients", line), 1):
            self._line(read, cells, line, rank)
        for cells in self._rows(table, "steps", line):
            if _is_texts(cells, 2, 2) and str(cells[1]).strip():
                read.steps.append(StepFacts(str(cells[1]).strip(), str(cells[0]).strip()))
            else:
                self._tell(line, "steps", tr('Une étape est écrite : ["Atelier", "Geste."].'))
        return read

    def _head(self, read: RecipeRead, table: dict[str, Any], line: int) -> None:
        name = table.get("name")
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
            self._tell(line, "name", tr("Une recette a un nom, de 120 lettres au plus."))
        elif _RISKY.match(name.strip()):
            self._tell(line, "name", tr("Un nom ne commence pas par = + - @ ou ?."))
        else:
            read.values["name"] = " ".join(name.split())
        course = table.get("course")
        if course in list(Course):
            read.values["course"] = Course(course)
        else:
            words = tr("Une de ces valeurs est attendue : {values}.")
            self._tell(line, "course", words.format(values=", ".join(Course)))
        self._whole(read, table, line, "portions", (1, MOST_PORTIONS), None)
        self._whole(read, table, line, "minutes", (0, 10_000), None)
        self._whole(read, table, line, "keeps_days", (0, 365), 0)
        hot, notes = table.get("is_hot", True), table.get("notes", "")
        if not isinstance(hot, bool):
            self._tell(line, "is_hot", tr("true ou false est attendu."))
        if not isinstance(notes, str) or len(notes) > LONGEST:
            self._tell(line, "notes", tr("Un texte de 2 000 lettres au plus est attendu."))
        read.values |= {"is_hot": hot is True, "notes": str(notes).strip()}
        weight = table.get("yields_grams")
        grams = None if weight is None else _decimal(weight, 100 * MOST)
        if weight is not None and not grams:
            self._tell(line, "yields_grams", tr("Un poids en grammes est attendu."))
        read.values["yields_grams"] = grams

    def _whole(
        self,
        read: RecipeRead,
        table: dict[str, Any],
        line: int,
        key: str,
        bounds: tuple[int, int],
        default: int | None,
    ) -> None:
        value = table.get(key, default)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        is_good = is_whole and bounds[0] <= int(value or 0) <= bounds[1]
        if is_good or (value is None and key != "portions"):
            read.values[key] = value
            return
        words = tr("Un nombre entier de {least} à {most} est attendu.")
        self._tell(line, key, words.format(least=bounds[0], most=bounds[1]))

    def _rows(self, table: dict[str, Any], key: str, line: int) -> Sequence[Any]:
        rows = _list(table.get(key, []))
        if rows is not None and len(rows) <= MOST_LINES:
            return rows
        self._tell(line, key, tr("Une liste de 200 lignes au plus est attendue."))
        return ()

    def _line(self, read: RecipeRead, cells: Any, start: int, rank: int) -> None:
        if not _is_texts(cells, 2, 5) or not str(cells[0]).strip():
            words = tr('Ligne {rank} : écrivez ["carotte", "1.5", "kg", "Légumes"].').format(
                rank=rank
            )
            self._tell(start, "ingredients", words)
            return
        texts = [str(cell).strip() for cell in cells] + [""] * (5 - len(cells))
        place = self._find(texts[0], start)
        quantity = _decimal(texts[1], MOST) if texts[1] else None
        share = _decimal(texts[4], Decimal(1)) if texts[4] else None
        unit = texts[2] or Unit.GRAM.value
        if texts[1] and not quantity:
            words = tr("« {text} » n’est pas une quantité plausible.")
            self._tell(place, "ingredients", words.format(text=texts[1][:40]))
        elif unit not in list(Unit):
            words = tr("« {text} » n’est pas une unité : {units}.")
            told = words.format(text=unit[:40], units=", ".join(Unit))
            self._tell(place, "ingredients", told)
        elif texts[4] and not share:
            self._tell(place, "ingredients", tr("Le rendement va de 0 à 1, au-dessus de zéro."))
        else:
            read.lines.append(LineRead(texts[0], quantity, Unit(unit), texts[3], share, place))

    def _find(self, name: str, start: int) -> int:
        """Return the line of an ingredient, from the head of its recipe on."""
        wanted = f'"{name}"'
        for number in range(start, len(self._text)):
            if wanted in self._text[number]:
                return number + 1
        return start

    def _tell(self, line: int, column: str, text: str) -> None:
        column = " · ".join(filter(None, (self._name, column)))
        self._problems.append(Problem(line, column, text))


def _list(value: object) -> list[Any] | None:
    found = cast("list[Any]", value)
    return found if isinstance(value, list) else None


def _is_texts(value: object, least: int, most: int) -> bool:
    cells = _list(value)
    return (
        cells is not None
        and least <= len(cells) <= most
        and all(
            isinstance(cell, str | int | float)
            and not isinstance(cell, bool)
            and len(str(cell)) <= LONGEST
            for cell in cells
        )
    )


def _decimal(value: object, most: Decimal) -> Decimal | None:
    """Return a number above zero; ``None`` for anything else."""
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        return None
    found = Decimal(text.replace(",", "."))
    return found if 0 < found <= most else None
