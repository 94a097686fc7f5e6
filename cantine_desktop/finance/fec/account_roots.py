"""The accounts of the French chart by their first digits, and what each may do in a file."""

from collections.abc import Collection

_ANY = "".join(map(str, range(10)))
_CLASSES = {
    "1": _ANY,
    "2": _ANY,
    "3": _ANY[1:],
    "4": _ANY,
    "5": "0123489",
    "6": _ANY,
    "7": _ANY,
    "8": "06789",
}
"""Second digits that the chart uses in each class (PCG; ANC 2018-06 for 19, 24, 73, 86, 87)."""

_THIRD = {
    "11": "0159",
    "12": "0279",
    "17": "1478",
    "20": _ANY[:9],
    "23": "12378",
    "26": "126789",
    "28": "0123",
    "40": "01234589",
    "64": _ANY,
    "71": "0134",
    "72": "012",
    "79": "01678",
    "80": "01289",
    "88": "0",
    "89": "01",
}
"""Third digits, where the chart leaves no choice to who keeps it."""

COLLECTIVE = ("40", "41", "42", "43", "44", "45", "46")
"""Beginnings of the accounts whose lines may name a party."""


def is_known(number: str, chart: Collection[str] | None = None) -> bool:
    """Tell whether the first three digits of an account are in a chart.

    Args:
        number: At least three digits of classes 1 to 8.
        chart: Numbers of the accounts of who keeps the file; ``None`` is the French chart.
    """
    if chart is not None and any(known.startswith(number[:3]) for known in chart):
        return True
    if number[1] not in _CLASSES[number[0]]:
        return False
    third = _THIRD.get(number[:2])
    return third is None or number[2] in third
