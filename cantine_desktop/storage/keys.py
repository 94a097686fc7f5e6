"""Sets of keys written short: ``1-4,7``."""

from bisect import bisect_right
from collections.abc import Container, Iterable
from operator import itemgetter

from typing_extensions import override


def as_ranges(keys: Iterable[int]) -> str:
    """Write keys in order, runs of them by their ends."""
    runs: list[list[int]] = []
    for key in sorted(set(keys)):
        if runs and key == runs[-1][1] + 1:
            runs[-1][1] = key
        else:
            runs.append([key, key])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


class Ranges(Container[int]):
    """Keys read from what ``as_ranges`` wrote; asked for without being listed."""

    def __init__(self, *texts: str) -> None:
        """Read ranges that do not overlap.

        Raises:
            ValueError: A text is no list of ranges.
        """
        parts = (part.partition("-") for text in texts for part in text.split(",") if part)
        self._runs = sorted((int(first), int(last or first)) for first, _dash, last in parts)

    @override
    def __contains__(self, key: object) -> bool:
        if not isinstance(key, int):
            return False
        place = bisect_right(self._runs, key, key=itemgetter(0)) - 1
        return place >= 0 and key <= self._runs[place][1]

    def __len__(self) -> int:
        return sum(max(last - first + 1, 0) for first, last in self._runs)
