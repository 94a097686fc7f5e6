"""The public platform's own schemas of a purchases file, read as Table Schema says.

An oracle beside the checker: it knows the schemas only by their files, and no rule of the server.
"""

import json
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "ma-cantine"
NAMES = ("achats_siret", "achats_id", "achats_siret_old", "achats_id_old")


class Refusal(NamedTuple):
    """A cell that a schema refuses; the column is empty for a whole line."""

    line: int
    column: str


@cache
def fields(name):
    """Return the fields of a schema by their name, in order."""
    read = json.loads((SAMPLES / "schemas" / f"{name}.json").read_text("utf-8"))
    return {field["name"]: field for field in read["fields"]}


def refusals(rows):
    """Return what the schema of a file's headings refuses in its rows."""
    name = next((each for each in NAMES if rows and list(fields(each)) == list(rows[0])), None)
    if name is None:
        return [Refusal(1, "")]
    found = []
    for line, cells in enumerate(rows[1:], 2):
        if not any(cells) or len(cells) != len(fields(name)):
            found.append(Refusal(line, ""))
            continue
        columns = zip(fields(name).items(), cells, strict=True)
        found += [Refusal(line, key) for (key, field), cell in columns if not takes(field, cell)]
    return found


def takes(field, cell):
    """Return whether a field takes the text of a cell."""
    constraints = field["constraints"]
    if field["type"] == "boolean":
        return cell in {*field["trueValues"], *field["falseValues"]}
    if not cell:
        return not constraints["required"]
    if field["type"] == "date":
        return _reads(cell, lambda text: datetime.strptime(text, field["format"]))  # noqa: DTZ007
    if field["type"] == "number":
        return _reads(cell, Decimal)
    return re.match(constraints.get("pattern", ""), cell) is not None


def _reads(cell, read):
    try:
        read(cell)
    except (ValueError, InvalidOperation):
        return False
    return True
