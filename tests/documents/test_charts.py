"""Charts are vectors in our own typeface, and differ without colour."""

import subprocess
import sys
from decimal import Decimal
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from reportlab.lib.units import mm

from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.documents.charts import Series, bar_chart, chart, line_chart
from tests.documents.reading import clipped, pages, picture, written
from tests.documents.test_fonts import HOSTILE

MONTHS = ["janv.", "févr.", "mars"]


def series(*names):
    return [Series(name, [Decimal(n + 1), None, Decimal("2.5")]) for n, name in enumerate(names)]


def test_a_chart_has_no_raster_and_no_typeface_but_ours(frame):
    story = [
        bar_chart(MONTHS, series("midi", "soir"), alternative="Repas", places=1),
        line_chart(MONTHS, series("midi", "soir"), alternative="Repas"),
    ]
    content = written(frame, story)
    assert not check_pdfa(content)
    with pikepdf.open(BytesIO(content)) as pdf:
        things = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream)]
        assert not [o for o in things if o.get("/Subtype") == "/Image"]
        fonts = {str(o.BaseFont) for o in things if o.get("/Type") == "/Font"}
    assert all("SourceSans3" in font for font in fonts)


def test_names_values_and_numbers_are_words_in_french(frame):
    text = pages(written(frame, [bar_chart(MONTHS, series("midi"), alternative="", places=1)]))[0]
    assert "févr." in text
    assert "2,5" in text


def test_the_sentence_for_who_cannot_see_the_chart_is_in_the_file(frame):
    content = written(frame, [bar_chart(MONTHS, series("a"), alternative="Deux à midi")])
    with pikepdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[0].Contents.read_bytes()
    assert "Deux à midi".encode("utf-16-be").hex().upper().encode() in page


def test_six_parts_are_told_apart_in_black_and_white(frame):
    def tint(index):
        values = [Decimal(10 if n == index else 0) for n in range(6)]
        parts = [Series(f"s{n}", [value]) for n, value in enumerate(values)]
        page = picture(
            written(frame, [bar_chart(["x"], parts, alternative="", stacked=True)]), 0, 2
        )
        part = np.asarray(page)[260:420, 560:640]
        return round(float(part.mean())), round(float(part.std()))

    tints = [tint(index) for index in range(6)]
    for one in range(6):
        for other in range(one):
            near = np.abs(np.subtract(tints[one], tints[other]))
            assert near.max() > 4, (one, other, tints)


def test_a_missing_value_breaks_the_line(frame):
    whole = Series("a", [Decimal(1)] * 9)
    broken = Series("a", [Decimal(1)] * 4 + [None] + [Decimal(1)] * 4)

    def ink(one):
        page = picture(written(frame, [line_chart(["m"] * 9, [one], alternative="")]), 0, 2)
        return (np.asarray(page) < 128).sum()

    assert ink(broken) < ink(whole) - 50


@pytest.mark.parametrize("words", HOSTILE)
def test_names_people_type_stay_on_the_page(frame, words):
    words = words[:60]
    story = [
        bar_chart([words] * 3, series(words), alternative=words),
        line_chart([words] * 3, series(words, "b"), alternative=words),
    ]
    content = written(frame, story)
    assert not check_pdfa(content)
    assert not clipped(content, 5 * mm)


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="labels"):
        bar_chart([], [], alternative="")
    with pytest.raises(ValueError, match="one value per label"):
        line_chart(["a", "b"], [Series("s", [Decimal(1)])], alternative="")


def test_zeros_and_losses_are_drawn(frame):
    values = [Decimal(0), Decimal("-3.5"), Decimal(12)]
    text = pages(
        written(frame, [bar_chart(MONTHS, [Series("écart", values)], alternative="", places=1)])
    )[0]
    assert "−3,5" in text
    assert pages(written(frame, [bar_chart(["a"], [Series("rien", [None])], alternative="")]))


def test_a_drawing_of_ones_own_takes_the_house_style(frame):
    def draw(axes):
        axes.barh([0, 1], [3.5, 9])
        axes.set_yticks([0, 1], ["ingrédients", "équipe"])

    assert "ingrédients" in pages(written(frame, [chart(draw, alternative="Prix")]))[0]


def test_matplotlib_waits_for_the_first_chart():
    program = (
        "import sys; import cantine_desktop.documents.charts, cantine_desktop.documents.layout; "
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True,
        env={"PYTHONPATH": "."},
    )  # fmt: skip
    assert done.stdout.strip() == "False"
