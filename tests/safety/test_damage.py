"""A book damaged anywhere is refused, or the check finds it, or no row has changed."""

import gzip
import random
import sqlite3
from contextlib import closing

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.schema.upgrade import open_book
from cantine_desktop.storage.verify import verify
from tests.schema.test_upgrading import STORED, rows

ROUNDS = 30


def spoilt(whole, chance):
    """Return a book cut short, or with some bytes changed or erased."""
    at, length = chance.randrange(len(whole)), chance.choice([1, 8, 64, 4096])
    end = min(at + length, len(whole))
    match chance.choice(["cut", "erase", "change"]):
        case "cut":
            return whole[:at]
        case "erase":
            return whole[:at] + bytes(end - at) + whole[end:]
        case _:
            noise = bytes(byte ^ chance.randrange(1, 256) for byte in whole[at:end])
            return whole[:at] + noise + whole[end:]


@pytest.mark.timeout(300)
def test_damage_anywhere_is_refused_or_found_or_harmless(tmp_path):
    whole = gzip.decompress(STORED[-1].read_bytes())
    (tmp_path / "whole.cantine").write_bytes(whole)
    before = rows(tmp_path / "whole.cantine")
    chance = random.Random(2026)
    outcomes = []
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.cantine"
        path.write_bytes(spoilt(whole, chance))
        outcomes.append(look(path, before))
    assert "unnoticed" not in outcomes
    assert "found" in outcomes
    assert outcomes.count("refused") > ROUNDS // 3


def look(path, before):
    """Tell what becomes of a damaged book."""
    try:
        opened = open_book(path)
    except UserError:
        return "refused"
    with closing(opened), opened.book.read() as session:
        if verify(session):
            return "found"
    return "harmless" if same(path, before) else "unnoticed"


def same(path, before):
    try:
        return rows(path) == before
    except sqlite3.DatabaseError:
        return False
