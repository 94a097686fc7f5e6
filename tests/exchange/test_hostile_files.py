"""XML and ZIP files made to hurt."""

import io
import random
import struct
import zipfile

import pytest

from cantine_desktop.exchange import archives
from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.exchange.cells import decimal_with, to_day
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.sheets import Field, read_sheet
from cantine_desktop.exchange.xml import read_xml


def xml(text):
    return read_xml(io.BytesIO(text.encode()))


def refused(text):
    with pytest.raises(UnreadableError) as error:
        xml(text)
    return str(error.value).replace("\u00a0", " ")


def test_good_xml_gives_its_tree_with_namespaces():
    root = xml('<a xmlns="urn:x" xmlns:y="urn:y"><b y:c="1" d="2">é &amp; è</b><b/></a>')
    assert root.tag == "{urn:x}a"
    assert [b.tag for b in root] == ["{urn:x}b"] * 2
    assert root[0].attrib == {"{urn:y}c": "1", "d": "2"}
    assert root[0].text == "é & è"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x "boum">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % p "x"> %p;]><a/>',
    ],
)
def test_a_declared_type_is_refused_before_anything_is_read(text):
    assert "déclare un type de document" in refused(text)


def test_a_malformed_file_says_on_which_line():
    assert refused("<a>\n<b>\n</a>") == "ligne 3 : ce fichier XML est mal formé ou coupé"
    assert "mal formé" in refused("<a>")
    assert "mal formé" in refused("ceci n’est pas du XML")
    assert "vide" in refused("")


def test_an_unknown_writing_is_refused():
    with pytest.raises(UnreadableError):
        read_xml(io.BytesIO(b'<?xml version="1.0" encoding="klingon"?><a/>'))


def test_endless_nesting_is_refused_and_deep_enough_is_read():
    assert "emboîte" in refused("<a>" * 101 + "</a>" * 101)
    assert xml("<a>" * 100 + "</a>" * 100).tag == "a"


def made(files, **options):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def test_a_good_zip_gives_its_files_by_path():
    assert read_zip(made({"a.txt": b"1", "b/c.txt": b"2", "d/": b""})) == {
        "a.txt": b"1",
        "b/c.txt": b"2",
    }


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "b/../../a", "C:\\a", "..\\a"])
def test_a_path_that_leaves_the_zip_is_refused(name):
    with pytest.raises(UnreadableError, match="hors de lui-même"):
        read_zip(made({name: b"1"}))


def test_a_file_that_swells_is_refused():
    with pytest.raises(UnreadableError, match="démesuré"):
        read_zip(made({"bomb": bytes(5_000_000)}))


def test_a_file_that_lies_about_its_size_is_refused():
    raw = bytearray(made({"bomb": bytes(5_000_000)}).getvalue())
    central = raw.rindex(b"PK\x01\x02")
    struct.pack_into("<I", raw, central + 24, 10)
    with pytest.raises(UnreadableError):
        read_zip(io.BytesIO(raw))


def test_too_many_files_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    with pytest.raises(UnreadableError, match="trop de fichiers"):
        read_zip(made({str(n): b"" for n in range(3)}))


@pytest.mark.parametrize("damage", [slice(0, 4), slice(30, 40), slice(-30, None)])
def test_a_damaged_zip_is_refused(damage):
    raw = bytearray(made({"a.txt": b"bonjour " * 1000}).getvalue())
    raw[damage] = b"\x00" * len(raw[damage])
    with pytest.raises(UnreadableError):
        read_zip(io.BytesIO(raw))


def test_whatever_the_damage_the_answer_is_a_refusal_or_a_content():
    """Three thousand files with random bytes changed: never another error."""
    chance = random.Random(7)
    sheet = ("jour;celsius\n" + "02/11/2026;4,5\n" * 5).encode()
    fields = (Field("day", "jour", to_day), Field("celsius", "celsius", decimal_with(1)))
    readers = (
        (made({"a/b.txt": b"bonjour" * 100, "c": b"x"}).getvalue(), read_zip),
        (b'<?xml version="1.0"?><a xmlns="u"><b c="1">t\xc3\xa9</b></a>', read_xml),
        (sheet, lambda source: read_sheet(source, fields)),
    )
    refused_files = 0
    for _ in range(1000):
        for content, reader in readers:
            damaged = bytearray(content)
            for _ in range(chance.randint(1, 8)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                reader(io.BytesIO(damaged))
            except UnreadableError:
                refused_files += 1
    assert refused_files > 1000
