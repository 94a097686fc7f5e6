"""Where the rules come from: legal texts, official guidance, trade usage.

A docstring or a printed sheet names a rule by an id of ``resources/sources.toml``.
"""

import tomllib
from enum import StrEnum
from functools import cache

import msgspec

import resources


class Status(StrEnum):
    """How sure the wording of a rule is."""

    TEXT = "text"
    OFFICIAL = "official"
    SECONDARY = "secondary"
    PRACTICE = "practice"
    UNCHECKED = "unchecked"


class Source(msgspec.Struct, frozen=True):
    """A text, a piece of guidance or a usage that a rule rests on.

    Attributes:
        title: How it is cited, in French, as the texts themselves are.
        about: What it rules.
        status: How sure its wording is.
        seen: Where the wording was read; empty when it was not.
    """

    title: str
    about: str
    status: Status
    seen: str = ""


@cache
def sources() -> dict[str, Source]:
    """Return every source by id."""
    read = tomllib.loads(resources.text("sources.toml"))
    return msgspec.convert(read, dict[str, Source])
