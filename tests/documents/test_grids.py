"""Grids leave room for a hand, show what is filled, and never overflow."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from reportlab.lib.units import mm

from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.documents.grid_cells import Cell, Group, HandRow, Mark
from cantine_desktop.documents.grids import hand_grid, page_grid
from tests.documents.reading import clipped, letters, pages, picture, written
from tests.documents.test_fonts import HOSTILE

DAYS = [Group(day, ("matin", "soir")) for day in ("lun. 16", "mar. 17", "mer. 18")]


def row(*cells, title="Frigo"):
    return HandRow(title, cells or [""] * 6, "≤ 4 °C")


def levels(content, page=0):
    """Heights between the level rules of a page, in millimetres, along its left quarter."""
    array = np.asarray(picture(content, page, scale=4))
    dark = (array < 200)[:, 250 : array.shape[1] // 3].mean(axis=1) > 0.9
    ends = [n for n in range(1, len(dark)) if dark[n] and not dark[n - 1]]
    return [(b - a) / 4 / mm for a, b in pairwise(ends)]


@pytest.mark.parametrize("asked", [3, 8, 11])
def test_a_cell_is_never_lower_than_a_hand_needs(frame, asked):
    content = written(frame, [hand_grid("Enceinte", DAYS, [row(), row()], row_mm=asked)])
    assert all(height >= max(asked, 8) - 0.1 for height in levels(content)[-2:])


def test_a_grid_that_fills_a_page_ends_with_it(frame):
    room = frame.room[1] / mm
    rows = [HandRow(str(day), [""] * 6) for day in range(20)]
    content = written(frame, [page_grid("Jour", DAYS, rows, room)])
    assert len(pages(content)) == 1
    heights = levels(content)[-20:]
    assert max(heights) - min(heights) < 0.5
    assert min(heights) >= 6.4


def test_the_head_has_two_lines_and_rows_their_limit(frame):
    text = pages(written(frame, [hand_grid("Enceinte", DAYS, [row()], visa="Visa")]))[0]
    for words in ("Enceinte", "lun. 16", "matin", "soir", "Frigo", "≤ 4 °C", "Visa"):
        assert words in text


def test_what_is_filled_is_printed_in_its_cell(frame):
    cells = ["3,1", Cell("6,2", Mark.BREACH), Cell("panne de sonde", Mark.GAP), "", "4", "−5"]
    content = written(frame, [hand_grid("Enceinte", DAYS, [row(*cells)])])
    text = pages(content)[0]
    for words in ("3,1", "6,2", "panne de", "sonde", "−5"):
        assert words in text


def test_a_breach_is_seen_without_colour(frame):
    def ink(cell):
        grid = hand_grid("Enceinte", DAYS, [row(cell, "", "", "", "", "")])
        return (np.asarray(picture(written(frame, [grid]), scale=2)) < 100).sum()

    assert ink(Cell("6,2", Mark.BREACH)) > ink("6,2") * 1.05


def test_a_column_closed_for_all_is_shaded_down_to_the_visa(frame):
    shut = Cell("", Mark.CLOSED)
    rows = [row("1", "2", "3", "4", shut, shut)] * 2

    def grey(visa):
        array = np.asarray(picture(written(frame, [hand_grid("E", DAYS, rows, visa=visa)])))
        return ((array > 217) & (array < 222)).sum()

    assert grey("Visa") > grey("") * 1.3


def test_a_blank_grid_of_a_month_repeats_its_head_on_each_page(frame):
    days = [HandRow(str(day)) for day in range(1, 32)]
    content = written(replace(frame, landscape=True), [hand_grid("Jour", DAYS, days, visa="Visa")])
    texts = pages(content)
    assert len(texts) == 2
    assert all("Jour" in text and "matin" in text for text in texts)


def test_the_visa_is_never_alone_on_a_page(frame):
    for count in range(20, 30):
        rows = [row(title=f"Unité {n}") for n in range(count)]
        texts = pages(written(frame, [hand_grid("E", DAYS, rows, visa="Visa")]))
        assert "Visa" in texts[-1]
        assert "Unité" in texts[-1]


def test_cells_that_are_not_one_per_column_are_refused():
    with pytest.raises(ValueError, match="6 columns, but 2 cells: Frigo"):
        hand_grid("E", DAYS, [row("1", "2")])
    with pytest.raises(ValueError, match="columns"):
        hand_grid("E", [], [])


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_people_type_stays_in_its_cell(frame, words):
    groups = [Group(words, (words, words), words), Group("Q", share=3)]
    rows = [HandRow(words, [words, Cell(words, Mark.BREACH), "Q"], words) for _ in range(2)]
    rows.append(HandRow(words, [Cell(words, mark) for mark in (Mark.CLOSED, Mark.GAP, Mark.PLAIN)]))
    content = written(frame, [hand_grid(words, groups, rows, visa=words)])
    assert not check_pdfa(content)
    assert not clipped(content, 11 * mm)
    assert sum(letter == "Q" for _, letter, *_ in letters(content)) >= 3
