"""Sheets as people really send them."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.exchange import sheets
from cantine_desktop.exchange.cells import decimal_with, one_of, to_day, to_integer, to_text
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.sheets import Field, read_sheet
from cantine_desktop.exchange.writers import Table, write_csv
from cantine_desktop.values.money import Money

FIELDS = (
    Field("day", "Jour", to_day),
    Field("unit", "Enceinte", to_text, others=("frigo",)),
    Field("celsius", "Température", decimal_with(1)),
    Field("note", "Remarque", to_text, required=False),
)
GOOD = "Jour;Enceinte;Température\n02/11/2026;Frigo légumes;4,5\n"


def read(content, fields=FIELDS):
    raw = content.encode() if isinstance(content, str) else content
    return read_sheet(io.BytesIO(raw), fields)


def told(content, fields=FIELDS):
    return [str(problem).replace("\u00a0", " ") for problem in read(content, fields).problems]


def refused(content, fields=FIELDS):
    with pytest.raises(UnreadableError) as error:
        read(content, fields)
    return str(error.value).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_delimiter_and_line_end_reads_alike(encoding, delimiter, end):
    text = end.join([
        delimiter.join(["JOUR", " temperature", "Enceinte "]),
        delimiter.join(["2026-11-02", "4.5", "Frigo légumes"]),
    ])
    (row,) = read(text.encode(encoding)).rows
    assert (row["day"], row["unit"], row["celsius"], row["note"]) == (
        date(2026, 11, 2),
        "Frigo légumes",
        Decimal("4.5"),
        None,
    )
    assert row.line == 2


def test_a_letterhead_above_the_headings_is_skipped_and_lines_still_count_true():
    text = "Cantine du quai;;\n\nsep=;\n" + GOOD + "n’importe quand;Frigo;4,5\n"
    sheet = read(text)
    assert [row.line for row in sheet.rows] == [5]
    assert told(text) == [
        "ligne 6, colonne « Jour » : « n’importe quand » n’est pas une date ;"
        " écrivez 22/11/2026".replace(" ;", "\u202f;")
    ]


def test_a_quoted_line_break_does_not_shift_the_places():
    text = 'Jour;Enceinte;Température\n02/11/2026;"Frigo\nlégumes";4,5\n02/11/2026;Frigo;chaud\n'
    sheet = read(text)
    assert sheet.rows[0]["unit"] == "Frigo\nlégumes"
    assert told(text) == ["ligne 4, colonne « Température » : « chaud » n’est pas un nombre"]


def test_all_problems_of_all_lines_are_told():
    text = (
        "jour,frigo,température\n"
        "31/02/2026,Frigo,4.55\n"
        ",Frigo,=A1+1\n"
        "2026-11-02,Frigo\n"
        "2026-11-02,Frigo,4.5,,,de trop\n"
        "2026-11-02,Frigo,#REF!\n"
        "2026-11-02,Frigo,1E+05\n"
        "2026-11-03,Frigo,4.5\n"
    )
    places = [(p.line, p.column) for p in read(text).problems]
    assert places == [
        (2, "jour"),
        (2, "température"),
        (3, "jour"),
        (3, "température"),
        (4, ""),
        (5, ""),
        (6, "température"),
        (7, "température"),
    ]
    said = " ".join(told(text))
    for words in (
        "n’existe pas dans le calendrier",
        "trop de décimales",
        "doit être remplie",
        "une formule",
        "2 cellules, l’en-tête en a 3",
        "erreur dans cette cellule",
        "abîmé par un tableur",
    ):
        assert words in said
    assert len(read(text).rows) == 1


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("−18", "-18"),
        ("+3,5", "3.5"),
        ("12,5 €", "12.5"),
        ("0.250", "0.250"),
    ],
)
def test_numbers_written_the_french_way_are_read(written, value):
    fields = (Field("n", "n", decimal_with(3)),)
    assert read(f"n;x\n{written};", fields).rows[0]["n"] == Decimal(value)


def test_a_thousand_or_a_bit_more_than_one_is_asked_in_a_french_sheet_only():
    fields = (Field("n", "n", decimal_with(3)),)
    assert "1,234 ou 1234" in told("n;x\n1.234;", fields)[0]
    assert read("n,x\n1.234,", fields).rows[0]["n"] == Decimal("1.234")


def test_choices_and_whole_numbers_are_checked():
    fields = (Field("s", "m", one_of({"matin": 1, "soir": 2})), Field("n", "n", to_integer))
    assert read("m;n\nMATIN;3", fields).rows[0].values == {"s": 1, "n": 3}
    assert told("m;n\nmidi;3,5", fields) == [
        "ligne 2, colonne « m » : « midi » n’est pas prévu\u202f; choix possibles : matin, soir",
        "ligne 2, colonne « n » : « 3,5 » n’est pas un nombre entier",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b" \r\n ", "vide"),
        (b"PK\x03\x04 whatever", "classeur"),
        (b"\xd0\xcf\x11\xe0 whatever", "classeur"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 4, "texte lisible"),
        (b"\xff\xfe\x00", "texte lisible"),
        (b"jour;frigo;temp\xc3\x00rature", "texte lisible"),
        ("bonjour\ntout le monde\n", "il faut « Jour », « Enceinte », « Température »"),
        ("Jour;Enceinte\n1;2\n", "ligne 1, colonne « Température » : cette colonne manque"),
        (
            "Jour;Jour;Enceinte;Température\n1;2;3;4\n",
            "colonne « Jour » : deux colonnes portent ce titre",
        ),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_clear_sentence(content, said):
    assert said in refused(content)


def test_a_quote_left_open_is_located_where_it_opens():
    text = GOOD + '02/11/2026;"Frigo;4,5\n' + GOOD * 3
    sheet = read(text)
    assert len(sheet.rows) == 1
    assert told(text) == [
        "ligne 3 : un guillemet est mal fermé\u202f; la suite du fichier n’a pas été lue"
    ]


def test_a_file_too_large_or_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 10)
    text = "Jour;Enceinte;Température\n" + "02/11/2026;F;4\n" * 11
    assert "plus de 10 lignes" in told(text)[-1]
    assert "dépasse 20 Mo" in refused(b"x" * (20 * 1024 * 1024 + 1))


def test_a_file_wrong_everywhere_stops_being_read():
    text = "Jour;Enceinte;Température\n" + "x;F;4\n" * 5000
    problems = told(text)
    assert len(problems) == 501
    assert problems[-1] == "Lecture arrêtée après 500 problèmes."


def test_columns_nobody_asked_for_are_named():
    assert read(GOOD.replace("Température\n", "Température;Humeur\n")).ignored == ["Humeur"]


def written(table, **options):
    target = io.BytesIO()
    write_csv(target, table, **options)
    assert not target.closed
    return target.getvalue()


def test_a_written_sheet_is_plain_for_programs_and_french_for_excel():
    from datetime import UTC, datetime  # noqa: PLC0415

    row = [
        "Épicerie", 3, Decimal("-18.50"), Money(123450), date(2026, 11, 2),
        datetime(2026, 11, 2, 7, 30, tzinfo=UTC), True, None,
    ]  # fmt: skip
    table = Table(list("abcdefgh"), [row])
    assert written(table).decode() == (
        "a,b,c,d,e,f,g,h\r\nÉpicerie,3,-18.50,1234.50,2026-11-02,2026-11-02T08:30:00+01:00,1,\r\n"
    )
    excel = written(table, excel=True)
    assert excel.startswith(b"\xef\xbb\xbf")
    assert excel.decode("utf-8-sig") == (
        "a;b;c;d;e;f;g;h\r\nÉpicerie;3;-18,50;1234,50;02/11/2026;02/11/2026 08:30;oui;\r\n"
    )


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "-cmd", "@SUM(A1)", "  =1", "\t=1", "\uff1d1"])
def test_a_text_never_becomes_a_formula(text):
    for excel in (False, True):
        cell = written(Table(["a"], [[text]]), excel=excel).decode("utf-8-sig").splitlines()[1]
        assert cell.strip('"').startswith("'")


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).map(str.strip),
            st.decimals(-999, 999, places=1),
            st.dates(date(1900, 1, 1)),
        )
    ),
    st.booleans(),
)
def test_what_is_written_reads_back_the_same(rows, excel):
    fields = (
        Field("text", "texte", to_text, required=False),
        Field("number", "nombre", decimal_with(1)),
        Field("day", "jour", to_day),
    )
    sheet = read(written(Table(["texte", "nombre", "jour"], rows), excel=excel), fields)
    assert sheet.problems == []
    back = [(row["text"] or "", row["number"], row["day"]) for row in sheet.rows]
    assert back == [(t, n, d) for t, n, d in rows]
