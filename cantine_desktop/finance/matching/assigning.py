"""Giving each bank line the item that makes the whole most likely, not only the first one.

Pairs fall into small islands that share neither lines nor items; each island is solved
exactly (Hungarian method), or pair by pair when it is too large.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

LARGEST = 60
"""Lines of an island solved exactly; beyond it, the best pairs are taken in order."""

Pairs = Mapping[tuple[int, int], int]
"""Score of each pair of a line and an item."""


def assign(pairs: Pairs) -> dict[int, int]:
    """Return the item of each line that is given one.

    Args:
        pairs: Positive scores; a pair that is not there cannot be taken.
    """
    taken: dict[int, int] = {}
    items_of: defaultdict[int, list[int]] = defaultdict(list)
    for line, item in pairs:
        items_of[line].append(item)
    for lines, items in _islands(pairs, items_of):
        known = [(line, item) for line in lines for item in items_of[line]]
        if len(lines) == 1 or len(items) == 1:
            line, item = min(known, key=lambda pair: (-pairs[pair], pair))
            taken[line] = item
        elif max(len(lines), len(items)) > LARGEST:
            taken |= _greedy(known, pairs)
        else:
            taken |= _exact(lines, items, pairs)
    return taken


def _islands(pairs: Pairs, of_line: Mapping[int, list[int]]) -> list[tuple[list[int], list[int]]]:
    of_item: defaultdict[int, list[int]] = defaultdict(list)
    for line, item in pairs:
        of_item[item].append(line)
    seen: set[int] = set()
    found: list[tuple[list[int], list[int]]] = []
    for start in sorted(of_line):
        if start in seen:
            continue
        seen.add(start)
        lines, items, waiting = [start], set[int](), [start]
        while waiting:
            for item in of_line[waiting.pop()]:
                if item in items:
                    continue
                items.add(item)
                fresh = [line for line in of_item[item] if line not in seen]
                seen.update(fresh)
                lines += fresh
                waiting += fresh
        found.append((sorted(lines), sorted(items)))
    return found


def _greedy(known: Sequence[tuple[int, int]], pairs: Pairs) -> dict[int, int]:
    taken: dict[int, int] = {}
    used: set[int] = set()
    for line, item in sorted(known, key=lambda pair: (-pairs[pair], pair)):
        if line not in taken and item not in used:
            taken[line] = item
            used.add(item)
    return taken


def _exact(lines: Sequence[int], items: Sequence[int], pairs: Pairs) -> dict[int, int]:
    """Return the pairs of the greatest sum; a line may stay alone."""
    columns = [*items, *(-1 - place for place in range(len(lines)))]
    costs = [[-pairs.get((line, item), 0) for item in columns] for line in lines]
    chosen = _hungarian(costs)
    return {
        lines[row]: columns[column]
        for row, column in enumerate(chosen)
        if (lines[row], columns[column]) in pairs
    }


def _hungarian(costs: Sequence[Sequence[int]]) -> list[int]:
    """Return the column of each row for the least sum; there are enough columns."""
    rows, columns = len(costs), len(costs[0])
    above, left = [0] * (rows + 1), [0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        way = _augment(costs, row_of, above, left, columns)
        column, came = way
        while column:
            row_of[column] = row_of[came[column]]
            column = came[column]
    chosen = [0] * rows
    for column in range(1, columns + 1):
        if row_of[column]:
            chosen[row_of[column] - 1] = column - 1
    return chosen


def _augment(
    costs: Sequence[Sequence[int]],
    row_of: list[int],
    above: list[int],
    left: list[int],
    columns: int,
) -> tuple[int, list[int]]:
    """Return the free column that a new row ends at, and the way back to it."""
    far = 1 << 60
    least, came, used = [far] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    column = 0
    while True:
        used[column] = True
        row, step, following = row_of[column], far, 0
        for c in range(1, columns + 1):
            if used[c]:
                continue
            cost = costs[row - 1][c - 1] - above[row] - left[c]
            if cost < least[c]:
                least[c], came[c] = cost, column
            if least[c] < step:
                step, following = least[c], c
        for c in range(columns + 1):
            if used[c]:
                above[row_of[c]] += step
                left[c] -= step
            else:
                least[c] -= step
        column = following
        if not row_of[column]:
            return column, came
