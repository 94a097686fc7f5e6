"""The catalogue of translations: gathered from the source, compared with it, compiled.

For those who work on the source. A translation is one ``.po`` file that people
edit and the ``.mo`` file made from it, that the application reads.
"""

import io
import re
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

DOMAIN = "cantine"
PACKAGES = ("cantine_desktop", "ui", "resources")
_KEYWORDS = {"tr": None, "trc": ((1, "c"), 2), "trn": (1, 2), "mark": None}
_HEADER = "# Translations of Cantine Desktop; the source language is French.\n#"
_NOISE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator|Language-Team'
    r"|Generated-By): .*\n",
    re.MULTILINE,
)
"""Lines of the heading that change by themselves, or say nothing."""

_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""Written in compiled files, so that the same texts give the same bytes."""


class Gap(NamedTuple):
    """Something missing or wrong in a catalogue.

    Attributes:
        place: Where: the source of the text, or the file.
        text: What, in plain words for a developer.
    """

    place: str
    text: str


def gather(root: Path) -> Catalog:
    """Return every text of the source marked by ``tr``, ``trc``, ``trn`` or ``mark``."""
    catalog = Catalog(project="Cantine Desktop", version="1", fuzzy=False, charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(
            root / package,
            method_map=[("**.py", "python")],
            keywords=_KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for file, line, message, comments, context in found:
            place = f"{package}/{Path(file).as_posix()}"
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def update(root: Path, locale: Path) -> list[Gap]:
    """Bring each language up to date with the source, and return what is left to translate.

    New texts come in empty, vanished ones go; nothing is guessed.

    Args:
        root: Folder of the source.
        locale: Folder of the languages, ``resources/locale``.
    """
    template = gather(root)
    gaps: list[Gap] = []
    for language in _languages(locale):
        path = _po(locale, language)
        catalog = _read(path, language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(catalog))
        path.with_suffix(".mo").write_bytes(_compiled(_read(path, language)))
        gaps += _left_to_translate(catalog, template)
    return gaps


def check(root: Path, locale: Path) -> list[Gap]:
    """Return what keeps the languages from saying everything the source says."""
    template = gather(root)
    gaps: list[Gap] = []
    for language in _languages(locale):
        path = _po(locale, language)
        place = path.relative_to(locale).as_posix()
        if not path.exists():
            gaps.append(Gap(place, "no catalogue; run update-catalogue"))
            continue
        catalog = _read(path, language)
        gaps += _left_to_translate(catalog, template)
        gaps += [
            Gap(place, f"gone from the source: {_first(m)!r}") for m in _stale(catalog, template)
        ]
        if _spoken(path.with_suffix(".mo")) != _texts(catalog):
            gaps.append(Gap(place, "the .mo is not made from this .po; run update-catalogue"))
    return gaps


def _languages(locale: Path) -> list[str]:
    """Return the languages that have a folder, and English in any case."""
    folders: set[str] = set()
    if locale.is_dir():
        folders = {path.name for path in locale.iterdir() if path.is_dir()}
    return sorted({"en", *folders} - {"__pycache__"})


def _po(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(
            locale=language, project="Cantine Desktop", version="1", fuzzy=False, charset="utf-8"
        )
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, charset="utf-8")


def _written(catalog: Catalog) -> bytes:
    """Return a catalogue as a file that changes only where its texts do."""
    catalog.header_comment = _HEADER
    target = io.BytesIO()
    write_po(target, catalog, width=100, sort_output=True, include_lineno=False, no_location=False)
    return _NOISE.sub("", target.getvalue().decode()).encode()


def _compiled(catalog: Catalog) -> bytes:
    catalog.creation_date = catalog.revision_date = _NO_DATE
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def _texts(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what a catalogue says: translations by text, those not translated left out."""
    said = {_forms(m.id): _forms(m.string or "") for m in _messages(catalog) if not m.fuzzy}
    return {text: forms for text, forms in said.items() if any(forms)}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """Return the singular and plural of a text, or its only form."""
    return (text,) if isinstance(text, str) else tuple(text)


def _spoken(path: Path) -> dict[tuple[str, ...], tuple[str, ...]] | None:
    """Return what a compiled file says, or ``None`` when it cannot be read."""
    try:
        with path.open("rb") as file:
            return _texts(read_mo(file))
    except (OSError, struct.error):
        return None


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _stale(catalog: Catalog, template: Catalog) -> Iterator[Message]:
    yield from (m for m in _messages(catalog) if template.get(m.id, m.context) is None)
    yield from catalog.obsolete.values()


def _left_to_translate(catalog: Catalog, template: Catalog) -> list[Gap]:
    gaps: list[Gap] = []
    for wanted in _messages(template):
        place = ":".join(map(str, wanted.locations[0])) if wanted.locations else ""
        said = catalog.get(wanted.id, wanted.context)
        fault = _fault(wanted, said)
        if fault:
            gaps.append(Gap(place, f"{fault}: {_first(wanted)!r}"))
    return gaps


def _fault(wanted: Message, said: Message | None) -> str:
    """Return what is wrong with a translation, or nothing."""
    if said is None:
        return "not in the catalogue"
    if said.fuzzy:
        return "translation in doubt"
    texts = _forms(said.string or ())
    if not texts or not all(texts) or bool(wanted.pluralizable) != bool(said.pluralizable):
        return "not translated"
    expected = _blanks(_last(wanted))
    if any(_blanks(text) != expected for text in texts):
        return "translation with other blanks to fill in"
    return ""


def _blanks(text: str) -> set[str]:
    """Return the names between braces, to be filled in."""
    try:
        return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}
    except ValueError:
        return {text}


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def _last(message: Message) -> str:
    return _forms(message.id)[-1]
