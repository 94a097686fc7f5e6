"""No file names a package registry or somebody's machine."""

import re
from operator import itemgetter

import pytest

from tests.architecture.source import texts

# Written in pieces, or this file would be the first one found.
REGISTRIES = re.compile(
    r"py" r"pi\.org|python" r"hosted|npm" r"js\.(org|com)|index-" r"url|find-" r"links|/sim" r"ple/"
)
HOMES = re.compile(r"(?<![\w.])/(ho" r"me|Us" r"ers)/\w+|[A-Z]:\\\\?Us" r"ers\\")
MACHINES = re.compile(r"(?<![\w.])/(wo" r"rk|ro" r"ot)/\w+")
NETWORK = re.compile(r"\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}\b")


@pytest.mark.parametrize("file", texts(), ids=itemgetter(0))
def test_no_registry_is_named(file):
    assert not REGISTRIES.search(file[1])


@pytest.mark.parametrize("file", texts(), ids=itemgetter(0))
def test_no_place_of_a_machine_is_named(file):
    name, text = file
    # Tests may invent somebody's folders.
    assert name.startswith("tests/") or not HOMES.search(text)
    assert not MACHINES.search(text)
    assert not NETWORK.search(text)
