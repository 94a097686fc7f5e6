"""What the tax office’s own tool, Test Compta Demat, takes for a day or an amount.

Read in its version 1_00_10b: it takes more days than the norm (``31/12/2026``, ``00000000``
where nothing is asked), and amounts such as ``,50``, with spaces around them; it refuses decimal
points and spaces between digits. Nothing here is the law.
"""

import re

_PART = r"[/.-]*"
_HOUR = r"([T ]\d{1,2}:\d{1,2}:\d{1,2})?"
_MONTH, _DAY = r"(?P<m>[01]\d)", r"(?P<d>[0-3]\d)"
_ORDERS = (
    _PART.join((r"(?:19|20)\d\d", _MONTH, _DAY)),
    _PART.join((_DAY, _MONTH, r"(?:19|20)\d\d")),
)
_USUAL_DAYS = tuple(re.compile(order + _HOUR, re.ASCII) for order in _ORDERS)
_ANY_DAYS = tuple(
    re.compile(order.replace("(?:19|20)", r"\d\d") + _HOUR, re.ASCII) for order in _ORDERS
)
_NO_DAY = re.compile(r"[0/.-]*")
_AMOUNT = re.compile(r"[+-]*[\d,]+ *[+-]*", re.ASCII)
_EXPONENT = re.compile(r"[+-]*[\d,]+[Ee][\d+-]+", re.ASCII)


def takes_day(text: str, *, required: bool) -> bool:
    """Tell whether the tool takes a text for a day, or for none where none is asked.

    Args:
        text: As written.
        required: The tool asks for a day there.
    """
    text = _trimmed(text)
    if _NO_DAY.fullmatch(text):
        return not required
    for pattern in _USUAL_DAYS:
        found = pattern.fullmatch(text)
        if found:
            return int(found["m"]) <= 12 and int(found["d"]) <= 31
    return any(pattern.fullmatch(text) for pattern in _ANY_DAYS)


def takes_amount(text: str) -> bool:
    """Tell whether the tool takes a text for an amount; it takes nothing for zero."""
    text = _trimmed(text)
    if not text:
        return True
    if "." in text or text.count(" ") + text.count(",") > 1:
        return False
    if re.match(r"\d+ \d", text):
        return False
    if _EXPONENT.fullmatch(text):
        return True
    return text.count("-") < 2 and _AMOUNT.fullmatch(text) is not None


def _trimmed(text: str) -> str:
    return text.replace("\u00a0", " ").strip(" ")
