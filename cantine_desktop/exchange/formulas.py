"""Texts that a spreadsheet would run: shielded when written, bared when read."""

import re

_RISKY = re.compile(r" *'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet takes for the start of a formula, in half and full width."""


def shield(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unshield(text: str) -> str:
    """Take away the apostrophe that ``shield`` put."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
