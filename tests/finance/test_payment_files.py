"""What goes to the bank follows its norm, judged by others than the library that wrote it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.payment_file import (
    LARGEST,
    Payer,
    PaymentForm,
    Transfer,
    sepa_text,
    write_transfers,
)
from cantine_desktop.finance.pieces.qr_block import payment_square
from cantine_desktop.values.money import Money
from tests.conftest import NOW

IBANS = ("FR7630006000011234567890189", "DE02120300000000202051", "BE68539007547034")
PAYER = Payer("La Tablée & Cie", IBANS[0], "AGRIFRPP")
DAY = date(2026, 11, 30)
AMOUNTS = st.integers(1, LARGEST.cents)


@st.composite
def transfers(draw):
    count = draw(st.integers(1, 6))
    return [
        Transfer(
            name=draw(st.text(min_size=1, max_size=120)),
            iban=draw(st.sampled_from(IBANS)),
            amount=Money(draw(st.integers(1, 10**9))),
            label=draw(st.text(max_size=200)),
            end_to_end=f"VIR-2026-0001-{rank:02d}",
            bic=draw(st.sampled_from(["", "DEUTDEFF", "DEUTDEFF500"])),
        )
        for rank in range(count)
    ]


def schema(form):
    etree = pytest.importorskip("lxml.etree")
    sepaxml = pytest.importorskip("sepaxml")
    file = Path(sepaxml.__file__).parent / "schemas" / f"{form.value}.xsd"
    return etree.XMLSchema(etree.parse(file))


@pytest.mark.parametrize("form", PaymentForm)
@settings(max_examples=25, deadline=None)
@given(orders=transfers())
def test_every_file_follows_the_schema_and_its_sums_hold(form, orders):
    etree = pytest.importorskip("lxml.etree")
    made = write_transfers(PAYER, orders, DAY, NOW, "VIR-2026-0001", form)
    root = etree.fromstring(made)
    schema(form).assertValid(root)

    def words(name):
        return [found.text for found in root.iter(f"{{*}}{name}")]

    total = sum(order.amount.cents for order in orders)
    assert {Decimal(text) * 100 for text in words("CtrlSum")} == {Decimal(total)}
    assert {int(text) for text in words("NbOfTxs")} == {len(orders)}
    assert words("EndToEndId") == [order.end_to_end for order in orders]
    assert [Decimal(text) * 100 for text in words("InstdAmt")] == [o.amount.cents for o in orders]
    assert words("IBAN") == [PAYER.iban, *(order.iban for order in orders)]
    assert "2026-11-30" in "".join(root.itertext())
    assert words("Ustrd") == [sepa_text(order.label, 140) for order in orders]


@pytest.mark.parametrize("cents", [0, -1, LARGEST.cents + 1])
def test_an_amount_that_no_transfer_carries_is_refused(cents):
    order = Transfer("Ferme", IBANS[1], Money(cents), "F-1", "VIR-1")
    with pytest.raises(UserError, match="Ferme"):
        write_transfers(PAYER, [order], DAY, NOW, "VIR-2026-0001")


def read_square(square):
    """Return the lines of a payment square, as the camera of a telephone reads it."""
    zxing = pytest.importorskip("zxingcpp", reason="a reader of squares is not installed")
    image = pytest.importorskip("PIL.Image")
    side, dot = len(square) + 8, 5
    picture = image.new("L", (side * dot, side * dot), 255)
    for row, modules in enumerate(square, 4):
        for column, is_dark in enumerate(modules, 4):
            if is_dark:
                picture.paste(0, (column * dot, row * dot, (column + 1) * dot, (row + 1) * dot))
    (found,) = zxing.read_barcodes(picture)
    return found.text.split("\n")


@pytest.mark.parametrize(
    ("name", "label", "cents"),
    [
        ("Maraîchers du Ried", "Facture F-2026-118", 8_420),
        ("Œuf & Cie « Été » " * 6, "Facture " * 40, LARGEST.cents),
        ("X", "é", 1),
    ],
)
def test_a_payment_square_says_who_where_how_much_and_what_for(name, label, cents):
    lines = read_square(payment_square(name, IBANS[0], Money(cents), label))
    assert (lines[0], lines[1], lines[3]) == ("BCD", "002", "SCT")
    assert (lines[5], lines[6]) == (sepa_text(name, 70), IBANS[0])
    assert lines[7].startswith("EUR")
    assert Decimal(lines[7].removeprefix("EUR")) * 100 == cents
    assert lines[10] == sepa_text(label, 140)


@settings(max_examples=20, deadline=None)
@given(name=st.text(min_size=1), label=st.text(), cents=AMOUNTS)
def test_a_square_is_drawn_for_whatever_a_bank_transfer_can_say(name, label, cents):
    square = payment_square(name, IBANS[2], Money(cents), label)
    assert len({len(row) for row in square} | {len(square)}) == 1
    corner = [row[:7] for row in square[:7]]
    assert all(corner[0])
    assert [corner[1][n] for n in range(7)] == [True, False, False, False, False, False, True]
