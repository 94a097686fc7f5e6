"""No file names a package registry or somebody's machine."""

import re

from tests.architecture.source import texts

# Written in pieces, or this file would be the first one found.
REGISTRIES = re.compile(
    r"py" r"pi\.org|python" r"hosted|npm" r"js\.(org|com)|index-" r"url|find-" r"links|/sim" r"ple/"
)
HOMES = re.compile(r"(?<![\w.])/(ho" r"me|Us" r"ers)/\w+|[A-Z]:\\\\?Us" r"ers\\")
MACHINES = re.compile(r"(?<![\w.])/(wo" r"rk|ro" r"ot)/\w+")
NETWORK = re.compile(r"\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}\b")


def test_no_registry_is_named():
    assert not [name for name, text in texts() if REGISTRIES.search(text)]


def test_no_place_of_a_machine_is_named():
    assert not [name for name, text in texts() if MACHINES.search(text) or NETWORK.search(text)]


def test_no_home_of_a_person_is_named_but_in_tests_that_invent_one():
    product = [(name, text) for name, text in texts() if not name.startswith("tests/")]
    assert not [name for name, text in product if HOMES.search(text)]
