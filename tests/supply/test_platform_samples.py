"""Every sample of the public platform, judged as its name, its schema and its server judge it."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.supply.egalim.checking import judge, judge_rows
from cantine_desktop.supply.egalim.reading import read_rows
from tests.supply.platform_schema import NAMES, SAMPLES, Refusal, fields, refusals

TODAY = date(2026, 11, 23)
SOUND = {
    "siret": "21010034300016",
    "cantine_id": "949",
    "description": "Pommes",
    "fournisseur": "AMAP",
    "date": "2026-05-02",
    "prix_ht": "90.11",
    "famille_produits": "FRUITS_ET_LEGUMES",
    "categories_egalim": "BIO",
    "caracteristiques": "BIO,LOCAL",
    "origine": "FRANCE",
    "est_circuit_court": "",
    "est_local": "x",
    "definition_local": "",
    "definition_local_km": "",
}

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the public platform’s sample files are not beside the project"
)

REFUSED_BY_THE_SERVER_ALONE = {
    "cat_with_space_after_comma.csv": "categories_egalim",
    "date_future.csv": "date",
    "deflocal_without_local.csv": "definition_local",
    "local_KM_50.5.csv": "definition_local_km",
    "local_REGION_km_50.csv": "definition_local_km",
    "price_negative.csv": "prix_ht",
    "siret_13_digits.csv": "siret",
}
"""Samples that pass the schema, and the column for which the server sends them back."""

UNREADABLE = {"accents_cp1252.csv"}
"""Samples the validator cannot decode; their rows are never looked at."""


def samples(*folders):
    return [
        file
        for folder in folders
        for file in sorted((SAMPLES / folder).rglob("*"))
        if file.is_file()
    ]


def placed(content):
    return {Refusal(problem.line, problem.column) for problem in judge(content, TODAY)}


def judged(name, **cells):
    """Return the columns refused of a sound line of a schema with other cells."""
    line = {column: SOUND[column] for column in fields(name)} | cells
    return {each.column for each in judge_rows([list(line), list(line.values())], TODAY)}


def test_no_sample_is_forgotten():
    counts = [len(samples(each)) for each in ("fixtures/purchases", "probe", "fixtures/other")]
    assert counts == [37, 42, 63]


@pytest.mark.parametrize("folder", ["fixtures/purchases", "probe"])
def test_what_the_schema_refuses_is_refused_in_the_same_cells(folder):
    for file in samples(folder):
        content = file.read_bytes()
        if file.name in UNREADABLE:
            assert [problem.line for problem in judge(content, TODAY)] == [0]
            continue
        told = set(refusals(read_rows(content)))
        missed = told - placed(content)
        assert not missed, file.name


@pytest.mark.parametrize("folder", ["fixtures/purchases", "probe"])
def test_what_the_schema_takes_goes_but_for_the_rules_of_the_server(folder):
    beyond = {}
    for file in samples(folder):
        content = file.read_bytes()
        if file.name not in UNREADABLE and not refusals(read_rows(content)):
            columns = {place.column for place in placed(content)}
            if columns:
                beyond[file.name] = columns
    known = {
        name: {column}
        for name, column in REFUSED_BY_THE_SERVER_ALONE.items()
        if (SAMPLES / folder / name).is_file()
    }
    assert beyond == known


def test_a_file_of_canteens_managers_or_yearly_returns_is_no_purchases_file():
    for file in samples("fixtures/other"):
        lines = [problem.line for problem in judge(file.read_bytes(), TODAY)]
        assert lines == ([0] if file.suffix == ".ods" else [1]), file.name


def test_a_workbook_of_libreoffice_is_refused_though_its_rows_could_be_read():
    [ods, *_] = [file for file in samples("fixtures/other") if file.suffix == ".ods"]
    with pytest.raises(UnreadableError, match="ODS"):
        read_rows(ods.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_line_goes_in_every_layout(name):
    assert judged(name) == set()


@pytest.mark.parametrize(
    ("name", "cells", "column"),
    [
        ("achats_siret", {"categories_egalim": "BIO, IGP"}, "categories_egalim"),
        ("achats_siret", {"date": "2026-11-24"}, "date"),
        ("achats_siret", {"prix_ht": "-0.01"}, "prix_ht"),
        ("achats_siret", {"prix_ht": "NaN"}, "prix_ht"),
        ("achats_siret", {"prix_ht": "1e30"}, "prix_ht"),
        ("achats_siret", {"est_local": "", "definition_local": "PAT"}, "definition_local"),
        ("achats_siret", {"definition_local_km": "5"}, "definition_local_km"),
        (
            "achats_siret",
            {"definition_local": "KM", "definition_local_km": "5.5"},
            "definition_local_km",
        ),
        ("achats_id", {"cantine_id": "949.5"}, "cantine_id"),
        ("achats_siret_old", {"caracteristiques": "EUROPE,FRANCE"}, "caracteristiques"),
        (
            "achats_siret_old",
            {"caracteristiques": "BIO", "definition_local": "REGION"},
            "definition_local",
        ),
        ("achats_id_old", {"date": "2026-12-01"}, "date"),
    ],
)
def test_a_rule_of_the_server_that_the_schema_lets_through_is_caught(name, cells, column):
    line = {each: SOUND[each] for each in fields(name)} | cells
    assert refusals([list(line), list(line.values())]) == []
    assert judged(name, **cells) == {column}


@pytest.mark.parametrize(
    "cells",
    [
        {"date": "2026-5-2"},
        {"prix_ht": ".5"},
        {"prix_ht": "12."},
        {"prix_ht": "1E+2"},
        {"prix_ht": "0"},
        {"prix_ht": " 3.10 "},
        {"siret": "210 100 343 00016"},
        {"famille_produits": " AUTRES "},
        {"definition_local": " KM ", "definition_local_km": " 50 "},
        {"fournisseur": ""},
        {"categories_egalim": "BIO,BIO"},
    ],
)
def test_odd_cells_that_the_platform_takes_are_taken(cells):
    line = {each: SOUND[each] for each in fields("achats_siret")} | cells
    assert refusals([list(line), list(line.values())]) == []
    assert judged("achats_siret", **cells) == set()


WORDS = st.sampled_from([
    *(" ", "  ", "BIO", "IGP", "LOCAL", "FRANCE", "EUROPE", "KM", "AUTRES", "OUI", "oui", "x", "X"),
    *("non", "1", "-1", "1.5", "1,5", "1 000", "12 €", "2026-02-29", "2026-05-02", "02/05/2026"),
    *("AUTOUR_SERVICE", "\u00a0", "\t", ","),
])


@given(
    st.sampled_from(NAMES),
    st.integers(0, 11),
    st.lists(WORDS | st.text("0123456789-.,eE_ XOUInox\u00a0", max_size=12), max_size=3).map(
        "".join
    ),
)
def test_no_cell_that_the_schema_refuses_is_ever_let_through(name, place, cell):
    column = list(fields(name))[place % len(fields(name))]
    line = {each: SOUND[each] for each in fields(name)} | {column: cell}
    if refusals([list(line), list(line.values())]):
        assert column in judged(name, **{column: cell})


def test_a_line_of_empty_cells_is_refused_by_both():
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([list(fields("achats_siret")), [""] * 12])
    assert refusals(read_rows(text.getvalue().encode())) == [Refusal(2, "")]
    assert placed(text.getvalue().encode()) == {Refusal(2, "")}
