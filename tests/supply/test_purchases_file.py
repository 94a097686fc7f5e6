"""The purchases file of the public platform, judged before it leaves."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.model import Article, FoodCategory, QualityLabel
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import add_line, draft_without_order, set_line
from cantine_desktop.supply.deliveries.model import Coming
from cantine_desktop.supply.egalim.checking import judge
from cantine_desktop.supply.egalim.layout import COLUMNS
from cantine_desktop.supply.egalim.purchases_file import write_purchases
from cantine_desktop.supply.egalim.shares import Share, hundredths, share_of, shares
from cantine_desktop.supply.egalim.shares_sheet import write_shares
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, furnish

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "ma-cantine"
HEAD = ",".join(COLUMNS)
SOUND = "21010034300016,Pommes,AMAP,2026-05-02,90.11,FRUITS_ET_LEGUMES,BIO,FRANCE,,,,"

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the public platform’s sample files are not beside the project"
)


def sheet(*lines):
    return "\n".join([HEAD, *lines, ""]).encode()


def judged(**cells):
    """Return the columns that are refused of a sound line with other cells."""
    line = dict(zip(COLUMNS, SOUND.split(","), strict=True)) | cells
    text = ",".join(f'"{line[column]}"' for column in COLUMNS)
    return [problem.column for problem in judge(sheet(text), TODAY)]


@needs_samples
def test_every_sample_of_purchases_is_judged_as_its_name_says():
    files = sorted((SAMPLES / "fixtures" / "purchases").iterdir())
    assert len(files) == 37
    wrong = [
        file.name
        for file in files
        if ("_bad" in file.name) != bool(judge(file.read_bytes(), TODAY))
    ]
    assert wrong == []


@needs_samples
def test_the_probes_are_refused_for_what_their_name_says():
    refused = {
        file.stem: {problem.column for problem in judge(file.read_bytes(), TODAY)}
        for file in sorted((SAMPLES / "probe").glob("*.csv"))
    }
    assert not refused["baseline"]
    assert not refused["semicolon"]
    assert not refused["siret_spaces"]
    assert not refused["accents_utf8_BOM"]
    assert not refused["circuit_non"]
    assert {name for name, columns in refused.items() if "prix_ht" in columns} == {
        *("price_comma", "price_euro", "price_nbsp_thousands", "price_negative"),
        "price_thousands_sp",
    }
    assert refused["date_future"] == refused["date_dd-mm-yyyy"] == {"date"}
    assert refused["siret_13_digits"] == {"siret"}
    assert refused["cat_with_space_after_comma"] == {"categories_egalim"}
    assert refused["local_KM_50.5"] == refused["local_REGION_km_50"] == {"definition_local_km"}
    assert refused["deflocal_without_local"] == {"definition_local"}
    assert refused["circuit_Oui"] == refused["circuit_true"] == {"est_circuit_court"}


def test_a_sound_line_may_go():
    assert judge(sheet(SOUND), TODAY) == []


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({"siret": "2101003430001"}, ["siret"]),
        ({"siret": "2101003430001A"}, ["siret"]),
        ({"date": "2026-11-24"}, ["date"]),
        ({"date": "2026-02-30"}, ["date"]),
        ({"date": "2026-05-02 "}, ["date"]),
        ({"prix_ht": "-1"}, ["prix_ht"]),
        ({"prix_ht": "1e30"}, ["prix_ht"]),
        ({"prix_ht": ""}, ["prix_ht"]),
        ({"description": " "}, ["description"]),
        ({"famille_produits": "PRODUITS_CEREALIERS"}, ["famille_produits"]),
        ({"categories_egalim": "BIO, IGP"}, ["categories_egalim"]),
        ({"categories_egalim": "BIO,"}, ["categories_egalim"]),
        ({"origine": "FRANCE,EUROPE"}, ["origine"]),
        ({"est_local": "x", "definition_local": "KM", "definition_local_km": "50"}, []),
        (
            {"est_local": "x", "definition_local": "REGION", "definition_local_km": "5"},
            ["definition_local_km"],
        ),
        ({"definition_local": "REGION"}, ["definition_local"]),
        ({"est_circuit_court": "Oui"}, ["est_circuit_court"]),
    ],
)
def test_what_the_server_refuses_is_caught_with_its_column(cells, columns):
    assert judged(**cells) == columns


def test_a_blank_line_a_short_line_and_wrong_headings_are_told_with_their_line():
    lines = [problem.line for problem in judge(sheet(SOUND, ",,,,,,,,,,,", "a,b"), TODAY)]
    assert lines == [3, 4]
    assert [problem.line for problem in judge(SOUND.encode(), TODAY)] == [1]
    assert [problem.line for problem in judge(HEAD.upper().encode(), TODAY)] == [1]


def test_a_workbook_is_read_as_a_sheet():
    book = Workbook()
    book.active.append(COLUMNS)
    cells = SOUND.split(",")
    book.active.append([*cells[:3], date(2026, 5, 2), 90.11, *cells[5:]])
    target = BytesIO()
    book.save(target)
    assert judge(target.getvalue(), TODAY) == []


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a zip", b"%PDF-1.7", b"\x00\x01\x02" * 50])
def test_what_is_no_sheet_is_told_and_does_no_harm(content):
    assert judge(content, TODAY)


@given(st.binary(max_size=400))
def test_no_content_is_a_fault_of_the_program(content):
    for problem in judge(content, TODAY):
        assert problem.text


def received(session):
    """Receive pears that are organic, cheese that is not, and a gift."""
    desk = furnish(session)
    session.get_one(Article, desk.pears).labels = frozenset({
        QualityLabel.ORGANIC,
        QualityLabel.FAIR_TRADE,
    })
    session.get_one(Article, desk.pears).category = FoodCategory.PRODUCE
    session.get_one(Article, desk.cheese).is_local = True
    for article, units in ((desk.pears, 2), (desk.cheese, 1)):
        delivery = draft_without_order(session, desk.supplier, NOW)
        line = add_line(session, delivery.id, article_id=article)
        set_line(session, delivery.id, line.id, received=Decimal(units))
        close(session, delivery.id, "MB", NOW)
    gift = draft_without_order(session, desk.supplier, NOW, Coming.DONATED)
    product = session.get_one(Article, desk.tins).product_id
    line = add_line(session, gift.id, product_id=product)
    set_line(session, gift.id, line.id, received=Decimal(9))
    close(session, gift.id, "MB", NOW)


def test_what_was_received_goes_out_as_the_platform_takes_it(book):
    with book.action("Recevoir") as session:
        session.add(Canteen(name="Le Port", siret="21010034300016"))
        received(session)
    target = BytesIO()
    with book.read() as session:
        write_purchases(session, Period.year(TODAY), NOW, target)
    lines = target.getvalue().decode().splitlines()
    assert lines[1:] == [
        (
            "21010034300016,Poires,Biocoop,2026-11-23,100.00,FRUITS_ET_LEGUMES,"
            '"BIO,COMMERCE_EQUITABLE",,,,,'
        ),
        "21010034300016,Tomme des Vosges,Biocoop,2026-11-23,37.20,AUTRES,,,,OUI,,",
    ]
    assert judge(target.getvalue(), TODAY) == []


def test_without_a_siret_nothing_goes_and_it_says_where_to_write_it(book):
    with book.action("Recevoir") as session:
        session.add(Canteen(name="Le Port"))
        received(session)
    with book.read() as session, pytest.raises(UserError, match="SIRET"):
        write_purchases(session, Period.year(TODAY), NOW, BytesIO())


def test_each_purchase_counts_once_and_gifts_nowhere(book):
    with book.action("Recevoir") as session:
        received(session)
    target = BytesIO()
    with book.read() as session:
        found = shares(session, Period.year(TODAY))
        write_shares(session, Period.year(TODAY), NOW, target)
    assert (found.total, found.quality, found.network) == (
        Money(13720),
        Money(10000),
        Money(13720),
    )
    assert found.by_share == {Share.ORGANIC: Money(10000), Share.NONE: Money(3720)}
    assert hundredths(found.quality, found.total) == 72
    words = pypdfium2.PdfDocument(target.getvalue())[0].get_textpage().get_text_range()
    assert "137,20" in words
    assert "atteint" in words


def test_the_sheet_of_a_canteen_overseas_says_what_is_asked_there(book):
    with book.action("Recevoir") as session:
        session.add(Canteen(name="Mtsapéré", department="976"))
        received(session)
    target = BytesIO()
    with book.read() as session:
        write_shares(session, Period.year(TODAY), NOW, target)
    words = pypdfium2.PdfDocument(target.getvalue())[0].get_textpage().get_text_range()
    assert r"Seuils de la loi pour Mayotte, de 2026 à 2029" in words
    assert re.search(r"\b15\s%", words)
    assert re.search(r"\b5\s%", words)


@given(st.sets(st.sampled_from(list(QualityLabel))))
def test_a_purchase_counts_in_one_share_the_first_that_it_holds(labels):
    order = list(Share)
    found = share_of(labels)
    assert all(order.index(found) <= order.index(share_of({label})) for label in labels)
