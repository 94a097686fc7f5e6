"""What each article says, in our own words, to open from an alert without any connection.

A summary is never the wording: the screen that shows one says so with its title and the date of
the version that was read.
"""

import tomllib
from functools import cache

import msgspec

import resources
from cantine_desktop.i18n import tr
from cantine_desktop.sources import Status, sources


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article of law or of an agreement, summarised.

    Attributes:
        short: How a sentence cites it: ``art. L3131-1``.
        title: How it is cited in full.
        summary: What it says, in plain French, written for this program; not its wording.
        source: Id in ``resources/sources.toml``.
        version: Which version was read, and when; empty when the text was not read.
    """

    short: str
    title: str
    summary: str
    source: str
    version: str = ""

    @property
    def status(self) -> Status:
        """How sure the wording is."""
        return sources()[self.source].status


@cache
def articles() -> dict[str, Article]:
    """Return every article by id."""
    read = tomllib.loads(resources.text("staff/articles.toml"))
    return msgspec.convert(read, dict[str, Article])


def article(name: str) -> Article:
    """Return an article by its id."""
    return articles()[name]


def cite(name: str) -> str:
    """Return how a sentence cites an article."""
    return article(name).short


@cache
def _seen(source: str) -> tuple[Status, str]:
    known = sources()[source]
    return known.status, known.seen or known.title


def caution(source: str) -> str:
    """Return what must be said beside a rule whose text was not read; empty for the others."""
    status, seen = _seen(source)
    if status is Status.SECONDARY:
        return tr("Texte non lu : règle rapportée par {where}. À vérifier.").format(where=seen)
    if status is Status.UNCHECKED:
        return tr("Règle donnée de mémoire, à vérifier avant de s’en servir.")
    return ""
