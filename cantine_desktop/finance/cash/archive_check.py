"""Is this archive of the till as it was written? From the file alone; with the book, is it ours?"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.finance.cash.archive import EVENTS, FORMAT, MANIFEST, README, SUMS
from cantine_desktop.finance.cash.model import CashEvent, EventKind
from cantine_desktop.i18n import money, tr, trn
from cantine_desktop.storage.chain import digest
from cantine_desktop.storage.types import canonical_json
from cantine_desktop.values.money import Money

_COUNTED = frozenset({EventKind.TAKINGS.value, EventKind.CORRECTION.value})
_PROBLEMS = 100
"""Told at most: one change breaks no more than what follows it."""


@dataclass(frozen=True)
class ArchiveReport:
    """What verifying an archive found.

    Attributes:
        events: How many events it holds.
        numbers: Of the first and the last one; zeros when there is none.
        total: Takings less corrections among them.
        last: Hash of the last one: closings printed on paper show theirs.
        canteen: Whose it says it is.
        problems: What is wrong, with the lines of ``evenements.jsonl``; empty when intact.
    """

    events: int
    numbers: tuple[int, int]
    total: Money
    last: str
    canteen: str
    problems: tuple[Problem, ...]

    @property
    def is_intact(self) -> bool:
        """Tell whether nothing was altered, removed or moved."""
        return not self.problems


class Link(msgspec.Struct, forbid_unknown_fields=True):
    """A line of the archive: an event, the hash before it, and its own."""

    event: dict[str, Any]
    hash: str
    previous: str

    @property
    def number(self) -> int:
        """Number of the event."""
        return _whole(self.event, "number")

    @property
    def content(self) -> Mapping[str, Any]:
        """What happened; empty when it is not said as we say it."""
        try:
            return msgspec.convert(self.event.get("content"), dict[str, Any])
        except msgspec.ValidationError:
            return {}


class Manifest(msgspec.Struct):
    """What an archive says of itself; ``to`` and ``last`` are those of its last event."""

    format: str
    events: int
    start: int = msgspec.field(name="from")
    to: int
    previous: str
    last: str
    canteen: str = ""


Links = list[tuple[int, Link]]
_UNREAD = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)


def verify_archive(content: bytes) -> ArchiveReport:
    """Verify an archive of the till: each line, their chain, and what the archive says of itself.

    Args:
        content: The ZIP, as written by ``archive.write_archive``.

    Raises:
        UnreadableError: It is no such archive, or is damaged.
    """
    files = read_zip(BytesIO(content))
    if MANIFEST not in files or EVENTS not in files or SUMS not in files:
        raise UnreadableError(
            whole_file(tr("ce ZIP n’est pas une archive de caisse de Cantine Desktop"))
        )
    manifest = _manifest(files[MANIFEST])
    links, unread = _links(files[EVENTS])
    problems = [
        *_sums(files),
        *unread,
        *_chain(links, manifest.previous),
        *_ends(links, manifest),
        *_closings(links),
    ]
    counted = [link.event for _line, link in links if link.event.get("kind") in _COUNTED]
    return ArchiveReport(
        len(links),
        (links[0][1].number, links[-1][1].number) if links else (0, 0),
        Money(sum(_whole(event, "amount") for event in counted)),
        links[-1][1].hash if links else "",
        manifest.canteen,
        tuple(problems[:_PROBLEMS]),
    )


def strangers(session: Session, report: ArchiveReport, content: bytes) -> list[Problem]:
    """Return the lines of an archive that this book does not hold just so.

    Args:
        session: A session that reads.
        report: What ``verify_archive`` said of it.
        content: The archive.
    """
    first, last = report.numbers
    query = select(CashEvent.number, CashEvent.hash)
    ours: dict[int, str] = dict(
        session.execute(query.where(CashEvent.number >= first, CashEvent.number <= last)).all()
    )
    links, _unread = _links(read_zip(BytesIO(content))[EVENTS])
    return [
        Problem(line, "", tr("cet événement n’est pas celui de ce livre"))
        for line, link in links
        if ours.get(link.number) != link.hash
    ][:_PROBLEMS]


def sentence(report: ArchiveReport, others: list[Problem] | None = None) -> str:
    """Say what verifying an archive found, in one or two sentences.

    Args:
        report: What ``verify_archive`` found.
        others: What ``strangers`` found; ``None`` when no book was asked.
    """
    number = trn("{n} événement", "{n} événements", report.events)
    if not report.is_intact:
        return tr("Cette archive a été modifiée : {n} vérifiés.").format(n=number)
    told = tr("Cette archive est intacte : {n}, {total} de recettes.").format(
        n=number, total=money(report.total)
    )
    if others is None:
        return told
    if others:
        return told + " " + tr("Mais elle ne vient pas de ce livre, ou l’un des deux a changé.")
    return told + " " + tr("Elle est bien celle de ce livre.")


def _manifest(content: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except _UNREAD as error:
        raise UnreadableError(whole_file(tr("le manifeste est illisible"))) from error
    if manifest.format != FORMAT:
        raise UnreadableError(whole_file(tr("le manifeste n’est pas d’une archive de caisse")))
    return manifest


def _sums(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find the files that are no longer as the list of their hashes says."""
    said: dict[str, str] = {}
    for line in files[SUMS].decode("utf-8", "replace").splitlines():
        value, _space, name = line.partition("  ")
        said[name] = value
    for name in (EVENTS, MANIFEST, README):
        found = hashlib.sha256(files[name]).hexdigest() if name in files else ""
        if said.get(name) != found:
            yield Problem(0, name, tr("ce fichier a changé depuis que l’archive est écrite"))
    for name in sorted(set(files) - {EVENTS, MANIFEST, README, SUMS}):
        yield Problem(0, name, tr("ce fichier a été ajouté à l’archive"))


def _links(content: bytes) -> tuple[Links, list[Problem]]:
    """Read the events, with their lines; what is not written as we write is told."""
    links: Links = []
    problems: list[Problem] = []
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        try:
            link = msgspec.json.decode(line, type=Link)
        except _UNREAD:
            problems.append(Problem(number, "", tr("cette ligne n’est pas un événement de caisse")))
            continue
        links.append((number, link))
        if _text(msgspec.to_builtins(link)).encode("utf-8", "replace") != line:
            problems.append(Problem(number, "", tr("cette ligne a été récrite autrement")))
    return links, problems


def _chain(links: Links, previous: str) -> Iterator[Problem]:
    """Find the events that were altered, and the places where one is missing or moved."""
    before = previous
    expected = links[0][1].number if links else 0
    for line, link in links:
        if link.number != expected:
            text = tr(
                "événement n° {found} là où l’on attend le n° {expected} : il en manque, ou "
                "l’ordre a changé"
            )
            yield Problem(line, "", text.format(found=link.number, expected=expected))
        if link.previous != before:
            yield Problem(line, "", tr("ne suit pas l’événement d’avant : la chaîne est rompue"))
        if digest(link.previous, _text(link.event)) != link.hash:
            text = tr("l’événement n° {number} a été modifié").format(number=link.number)
            yield Problem(line, "", text)
        before, expected = link.hash, link.number + 1


def _text(values: Mapping[str, Any]) -> str:
    try:
        return canonical_json(values)
    except (TypeError, ValueError, RecursionError):
        return ""


def _ends(links: Links, manifest: Manifest) -> Iterator[Problem]:
    """Compare where the chain begins and ends with what the archive says of itself."""
    if len(links) != manifest.events:
        text = tr("l’archive annonce {said} événements, elle en contient {found}")
        yield whole_file(text.format(said=manifest.events, found=len(links)))
    first, last = (links[0][1], links[-1][1]) if links else (None, None)
    found = (first.number if first else 0, last.number if last else 0, last.hash if last else "")
    if found != (manifest.start, manifest.to, manifest.last):
        yield whole_file(tr("le début ou la fin de la chaîne n’est pas ce que dit le manifeste"))
    if first is not None and first.number == 1 and manifest.previous:
        yield whole_file(tr("un événement a été retiré avant le premier"))


def _closings(links: Links) -> Iterator[Problem]:
    """Find the closings whose perpetual total does not follow from the one before of its kind."""
    before: dict[str, tuple[int, int]] = {}
    for line, link in links:
        if link.event.get("kind") != EventKind.CLOSING.value:
            continue
        told = link.content
        number, perpetual = _whole(told, "number"), _whole(told, "perpetual_total")
        known = before.get(str(told.get("closing")))
        if known and number == known[0] + 1 and perpetual != known[1] + _whole(told, "total"):
            yield Problem(line, "", tr("le total perpétuel ne suit pas celui d’avant"))
        before[str(told.get("closing"))] = number, perpetual


def _whole(values: Mapping[str, Any], name: str) -> int:
    found = values.get(name)
    return found if isinstance(found, int) else 0
