"""Many parts in one file: each with its head, one index, bookmarks, one numbering."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from cantine_desktop.documents.binder import Index, Part, bind
from cantine_desktop.documents.layout import PageFrame
from cantine_desktop.documents.styles import paragraph
from cantine_desktop.documents.tables import Column, Struck, ruled_table
from tests.documents.reading import pages, picture

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def frame(title, **options):
    return PageFrame("La Tablée", title, "2026", NOW, **options)


def binder():
    parts = []
    long = [paragraph("mot " * 4000)]
    parts += [
        Part("Sommaire", frame("Sommaire"), lambda: [Index(parts)]),
        Part("Premier", frame("Premier"), lambda: long, note="3 fiches"),
        Part("Dessous", frame("Dessous", landscape=True), list, level=1),
        Part("Second", frame("Second"), lambda: [paragraph("fin")]),
    ]
    return parts


def test_the_index_says_the_page_each_part_begins_on():
    texts = pages(bind(binder()))
    places = {
        title: next(n for n, text in enumerate(texts, 1) if title in text.split("\n")[1:3])
        for title in ("Premier", "Dessous", "Second")
    }
    words = " ".join(texts[0].split())
    for title, place in places.items():
        after = words.split(title)[-1].replace("3 fiches", "").split()
        assert after[0] == str(place)


def test_pages_are_numbered_through_whatever_their_paper():
    texts = pages(bind(binder()))
    assert [f"page {n}/{len(texts)}" in text for n, text in enumerate(texts, 1)] == [True] * len(
        texts
    )


def test_bookmarks_follow_the_parts():
    with pikepdf.open(BytesIO(bind(binder()))) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == ["Sommaire", "Premier", "Second"]
        assert [item.title for item in outline.root[1].children] == ["Dessous"]


def test_the_same_parts_give_the_same_bytes():
    assert bind(binder()) == bind(binder())


def test_the_work_can_be_stopped_between_two_parts():
    def stop(share):
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bind(binder(), stop)


def test_a_row_that_was_replaced_is_struck_through():
    def made(row):
        table = ruled_table([Column("a"), Column("b")], [row])
        return bind([Part("x", frame("x"), lambda: [table])])

    struck, plain = (made(row) for row in (Struck(["12,5", "mots"]), ["12,5", "mots"]))
    assert pages(struck)[0] == pages(plain)[0]
    assert picture(struck).sum() < picture(plain).sum()
