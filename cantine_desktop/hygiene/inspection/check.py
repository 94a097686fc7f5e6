"""Is this inspection file as it was made? From the file alone; with the book, whose it is."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cantine_desktop.documents.archive import PROGRAM
from cantine_desktop.hygiene.inspection.canonical import HostileError
from cantine_desktop.hygiene.inspection.drawn import first_page_words
from cantine_desktop.hygiene.inspection.keys import fingerprint
from cantine_desktop.hygiene.inspection.manifest import (
    FORMAT,
    MANIFEST,
    RECORDS,
    SIGNATURE,
    covered,
    find_seal,
)
from cantine_desktop.hygiene.inspection.opening import (
    Contents,
    DamagedError,
    NotPdfError,
    read_contents,
)
from cantine_desktop.i18n import tr


class State(StrEnum):
    """What can be said of a file."""

    INTACT = "intact"
    RESAVED = "resaved"
    EXTENDED = "extended"
    ALTERED = "altered"
    UNSIGNED = "unsigned"
    MANIFEST_ALTERED = "manifest_altered"
    SIGNATURE_WRONG = "signature_wrong"
    OTHER_KEY = "other_key"
    NO_MANIFEST = "no_manifest"
    FOREIGN = "foreign"
    DAMAGED = "damaged"
    HOSTILE = "hostile"


@dataclass(frozen=True)
class Verified:
    """What verifying a file found.

    Attributes:
        state: In one word.
        sentences: In French, the most important first.
        facts: What the manifest says; empty when there is none that can be read.
        fingerprint: Of the key that signed; empty when nothing is signed, or wrongly.
        records: The embedded records, when they are as signed.
    """

    state: State
    sentences: tuple[str, ...]
    facts: dict[str, Any]
    fingerprint: str = ""
    records: bytes = b""

    @property
    def is_good(self) -> bool:
        """Whether the file is, byte for byte, what a book signed."""
        return self.state is State.INTACT


class _Key(msgspec.Struct):
    public: str
    fingerprint: str


class _File(msgspec.Struct):
    name: str
    sha256: str


class _Manifest(msgspec.Struct):
    format: str
    pages: list[str]
    files: list[_File]
    key: _Key | None = None


def check_pdf(content: bytes) -> Verified:
    """Verify an inspection file from the file alone; any bytes are taken without harm."""
    try:
        found = read_contents(content, frozenset({MANIFEST, SIGNATURE, RECORDS}))
    except NotPdfError:
        return _only(State.FOREIGN, tr("Ce n’est pas un PDF : il n’y a rien à vérifier."))
    except DamagedError:
        return _only(
            State.DAMAGED,
            tr("Ce PDF est coupé ou abîmé : demandez de nouveau le fichier d’origine."),
        )
    except HostileError:
        return _only(
            State.HOSTILE,
            tr("Ce fichier est fait pour encombrer la machine : il n’a pas été ouvert."),
        )
    raw = found.kept.get(MANIFEST)
    return _without_manifest(found) if raw is None else _with_manifest(content, found, raw)


def _with_manifest(content: bytes, found: Contents, raw: bytes) -> Verified:
    manifest = _read(raw)
    if manifest is None:
        return _only(
            State.MANIFEST_ALTERED,
            tr("Le manifeste de ce dossier ne se lit plus : il a été modifié."),
        )
    if manifest.format != FORMAT:
        return _only(
            State.FOREIGN,
            tr("Ce PDF porte un manifeste qui n’est pas celui d’un dossier de contrôle."),
        )
    return replace(_verified(content, found, manifest, raw), facts=json.loads(raw))


def _verified(content: bytes, found: Contents, manifest: _Manifest, raw: bytes) -> Verified:
    wrong = [*_wrong_pages(manifest.pages, found.pages), *_wrong_files(manifest, found)]
    wrong += [
        tr("Un élément actif ou un formulaire a été ajouté ({key}).").format(key=key[1:])
        for key in found.active
    ]
    signature = found.kept.get(SIGNATURE)
    if manifest.key is None:
        return _unsigned(wrong)
    public = _hex(manifest.key.public)
    if signature is None or not _is_signed(public, _hex(signature.decode("ascii", "replace")), raw):
        return _wrong_signature(wrong, missing=signature is None)
    name = fingerprint(public)
    if name != manifest.key.fingerprint or name not in first_page_words(content):
        return _only(
            State.OTHER_KEY,
            tr(
                "Ce dossier a été signé de nouveau par une autre clé ({key}) que celle de sa "
                "couverture."
            ).format(key=name),
            *wrong,
        )
    if wrong:
        first = tr("Ce dossier a été modifié après sa signature.")
        return Verified(State.ALTERED, (first, *wrong), {}, name)
    return replace(_sealed(content, public, name), records=found.kept.get(RECORDS, b""))


def _sealed(content: bytes, public: bytes, name: str) -> Verified:
    """Say whether the bytes themselves are those that were sealed."""
    said = tr("Empreinte de la clé : {key}. Comparez-la à celle de la couverture.").format(key=name)
    sealed = find_seal(content)
    if sealed is None or not _holds(public, sealed.signature, sealed.covered):
        first = tr(
            "Les pages et les fichiers joints sont ceux qui ont été signés, mais un autre "
            "programme a enregistré ce PDF de nouveau."
        )
        return Verified(State.RESAVED, (first, said), {}, name)
    if sealed.appended:
        first = tr(
            "Les pages et les fichiers joints sont ceux qui ont été signés, mais {n} octets ont "
            "été ajoutés après la fin du fichier."
        ).format(n=sealed.appended)
        return Verified(State.EXTENDED, (first, said), {}, name)
    first = tr("Ce dossier est intact : rien n’y a changé depuis sa signature.")
    return Verified(State.INTACT, (first, said), {}, name)


def _unsigned(wrong: list[str]) -> Verified:
    first = tr("Ce dossier n’est pas signé : ses empreintes ne prouvent pas d’où il vient.")
    if not wrong:
        wrong = [tr("Ses pages et ses fichiers joints sont ceux que dit son manifeste.")]
    return _only(State.UNSIGNED, first, *wrong)


def _wrong_signature(wrong: list[str], *, missing: bool) -> Verified:
    if missing:
        return _only(State.SIGNATURE_WRONG, tr("La signature du manifeste a été retirée."), *wrong)
    if wrong:
        return _only(
            State.MANIFEST_ALTERED,
            tr("Le manifeste a été modifié : sa signature ne lui correspond plus."),
            *wrong,
        )
    return _only(
        State.SIGNATURE_WRONG,
        tr(
            "La signature est fausse : elle ne correspond pas au manifeste, qui décrit pourtant "
            "bien ces pages."
        ),
    )


def _without_manifest(found: Contents) -> Verified:
    if found.creator == PROGRAM:
        return _only(
            State.NO_MANIFEST,
            tr(
                "Ce PDF de Cantine n’a pas de manifeste : ce n’est pas un dossier de contrôle, ou "
                "son manifeste a été retiré."
            ),
        )
    return _only(State.FOREIGN, tr("Ce PDF n’est pas un dossier de contrôle de Cantine."))


def _wrong_pages(signed: list[str], seen: list[str]) -> list[str]:
    """Say which pages are altered, gone or added; places are those of the file at hand."""
    wrong: list[str] = []
    matcher = SequenceMatcher(None, signed, seen, autojunk=False)
    for kind, first, end, here, until in matcher.get_opcodes():
        gone, new = list(range(first + 1, end + 1)), list(range(here + 1, until + 1))
        if kind == "equal":
            continue
        if len(gone) == len(new):
            wrong.append(_pages(new, tr("Page modifiée : {n}."), tr("Pages modifiées : {n}.")))
            continue
        if gone:
            wrong.append(_pages(gone, tr("Page retirée : {n}."), tr("Pages retirées : {n}.")))
        if new:
            wrong.append(_pages(new, tr("Page ajoutée : {n}."), tr("Pages ajoutées : {n}.")))
    return wrong


def _pages(numbers: list[int], one: str, many: str) -> str:
    if len(numbers) == 1:
        return one.format(n=numbers[0])
    return many.format(n=tr("{first} à {last}").format(first=numbers[0], last=numbers[-1]))


def _wrong_files(manifest: _Manifest, found: Contents) -> list[str]:
    signed = {each.name: each.sha256 for each in manifest.files}
    here = {n: h for n, h in found.files.items() if n not in {MANIFEST, SIGNATURE}}
    changed = [n for n in signed if n in here and here[n] != signed[n]]
    return [
        *_each(tr("Fichier joint modifié : {name}."), changed),
        *_each(tr("Fichier joint retiré : {name}."), signed.keys() - here.keys()),
        *_each(tr("Fichier joint ajouté : {name}."), here.keys() - signed.keys()),
    ]


def _each(words: str, names: Iterable[str]) -> list[str]:
    return [words.format(name=name) for name in sorted(names)]


def _read(raw: bytes) -> _Manifest | None:
    try:
        return msgspec.json.decode(raw, type=_Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _is_signed(public: bytes, signature: bytes, raw: bytes) -> bool:
    return _holds(public, signature, covered(raw))


def _holds(public: bytes, signature: bytes, over: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, over)
    except (InvalidSignature, ValueError):
        return False
    return True


def _only(state: State, *sentences: str) -> Verified:
    return Verified(state, sentences, {})
