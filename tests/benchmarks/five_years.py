"""A book as it is after five years: the demonstration, and 60,000 records that can be found."""

import random
from datetime import UTC, datetime

from cantine_desktop.office.demo import write_demo
from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.storage.search import INDEX, _folded, _number

RECORDS = 60_000
FIRST_KEY = 1_000_000
"""Key of the first of those records, above all real ones."""
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
FIRST = ("Odile", "Amélie", "Zoé", "Łukasz", "Fatou", "Yannick", "Chloé", "Jean-Noël", "Inès")
LAST = ("Cœur", "Le Bihan", "Nguyễn", "Dupré", "Traoré", "Garçon", "Müller", "d’Arc", "Petit")
THINGS = ("carottes", "pois chiches", "crème", "bœuf", "pâté végétal", "œufs", "chou", "miel")


def five_years(folder):
    """Write the book into a folder and return its path; the same one every time."""
    path = folder / "five-years.cantine"
    opened = create_book(path, lambda: NOW)
    write_demo(opened.book, NOW.date())
    luck = random.Random(5)
    with opened.engine.begin() as connection:
        lines = [(_number("cold_unit", FIRST_KEY + n), *_line(luck, n)) for n in range(RECORDS)]
        insert = f"INSERT INTO {INDEX} (rowid, text, words) VALUES (?, ?, ?)"
        connection.exec_driver_sql(insert, lines)
    opened.book.close()
    opened.close()
    return path


def _line(luck, number):
    text = f"{luck.choice(THINGS)} {number}, {luck.choice(FIRST)} {luck.choice(LAST)}"
    return text, _folded(text)
