"""Entries go to other accounting programs in their own layouts, and come back the same."""

import contextlib
import io
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.finance.transfer.files import EXPORTS
from cantine_desktop.finance.transfer.lines import FlatLine
from cantine_desktop.finance.transfer.losses import losses
from cantine_desktop.finance.transfer.profiles import KEYS, profile
from cantine_desktop.finance.transfer.reading import read_transfer
from cantine_desktop.finance.transfer.writing import write_transfer

DAY = date(2026, 10, 6)

SALE = FlatLine(
    journal="VE",
    journal_title="Recettes et facturation",
    journal_kind="sales",
    day=DAY,
    account="530000",
    account_title="Caisse",
    debit=12_050,
    label="Déjeuner du 6",
    piece="S2026-001",
    entry=1,
    piece_day=DAY,
)
MEALS = replace(
    SALE, account="706000", account_title="Repas", debit=0, credit=12_050, activity="REPAS"
)
FOOD = FlatLine(
    journal="HA",
    journal_title="Achats",
    journal_kind="purchases",
    day=DAY,
    account="601000",
    account_title="Denrées",
    debit=8_420,
    label="Biocoop – épicerie",
    piece="F-0123",
    entry=2,
    activity="REPAS",
    project="QUARTIER",
)
OWED = replace(
    FOOD,
    account="401000",
    account_title="Fournisseurs",
    debit=0,
    credit=8_420,
    party="BIOCOOP",
    party_name="Biocoop du Canal",
    party_kind="supplier",
    due_day=date(2026, 11, 5),
    lettering="AAB",
    activity="",
    project="",
)
SMALL = (SALE, MEALS, FOOD, OWED)


def written(lines, key):
    target = io.BytesIO()
    write_transfer(lines, profile(key), target)
    return target.getvalue()


def read_back(content, key):
    found = read_transfer(io.BytesIO(content), profile(key))
    assert not found.problems
    return found.lines


@pytest.mark.parametrize("key", KEYS)
def test_a_small_ledger_comes_back(key):
    back = read_back(written(SMALL, key), key)
    layout = profile(key)
    assert [(b.journal, b.day, b.debit, b.credit) for b in back] == [
        (s.journal, s.day, s.debit, s.credit) for s in SMALL
    ]
    assert [b.entry for b in back] == [1, 1, 2, 2]
    names_parties = "party" in layout.sources or any(r.per == "party" for r in layout.records)
    for line, source in zip(back, SMALL, strict=True):
        if names_parties:
            assert (line.account, line.party) == (source.account, source.party)
        else:
            assert (source.party or source.account).startswith(line.account)


def test_every_layout_is_on_offer():
    offered = {export.key: export for export in EXPORTS}
    assert set(offered) == {f"transfer-{key}" for key in KEYS}
    for key in KEYS:
        assert offered[f"transfer-{key}"].suffix == profile(key).suffix


GOLDEN = Path(__file__).parent / "transfer_files"

AWKWARD = replace(
    SALE,
    label='=CMD|"A1"\t; l’été, cœur – 12 € 🍲 ' + "très long " * 20,
    piece="2026/0042;|\t" + "9" * 30,
    entry=3,
)
GOLDEN_LINES = (
    *SMALL,
    AWKWARD,
    replace(AWKWARD, account="706000", debit=0, credit=12_050),
)


@pytest.mark.parametrize("key", KEYS)
def test_each_layout_writes_the_bytes_it_always_wrote(key):
    # The files were looked at one by one beside the published layouts; a change is deliberate.
    assert written(GOLDEN_LINES, key) == (GOLDEN / f"{key}.bin").read_bytes()


def test_quadra_stands_where_its_format_says():
    head, first, *_ = written(SMALL, "quadra").split(b"\r\n")
    assert head[:39] == b"CBIOCOOP Biocoop du Canal              "
    assert head[98:106] == b"401000  "
    assert (len(head), head[216:218]) == (453, b"2F")
    assert first[41:55] == b"D+000000012050"[:14]
    assert (first[9:11], first[14:20], first[63:69]) == (b"VE", b"061026", b"000000")
    assert first[107:110] == b"EUR"
    assert len(first) == 231


def test_quadra_has_the_journal_in_three_letters_beside_two():
    lines = [replace(line, journal="CVN") for line in SMALL]
    first = written(lines, "quadra").split(b"\r\n")[1]
    assert (first[9:11], first[110:113]) == (b"CV", b"CVN")
    assert {line.journal for line in read_back(written(lines, "quadra"), "quadra")} == {"CVN"}


def test_cegid_stands_where_its_format_says():
    lines = written(SMALL, "cegid-tra").decode("cp1252").split("\r\n")
    assert [len(line) for line in lines[-8:-1]] == [222] * 7
    owed = lines[-2]
    # Positions of the document, from 1.
    assert owed[0:3] == "HA "
    assert owed[3:11] == "06102026"
    assert owed[11:13] == "FF"
    assert owed[13:30].strip() == "401000"
    assert owed[30] == "X"
    assert owed[31:48].strip() == "BIOCOOP"
    assert owed[129] == "C"
    assert owed[130:150] == "               84,20"
    assert owed[150] == "N"
    assert owed[159:162] == "EUR"
    assert owed[172:175] == "E--"
    sections = [line for line in lines if line[30:31] == "A" and not line.startswith("***")]
    assert [line[218:220] for line in sections] == ["A1", "A1", "A2"]


def test_ciel_stands_where_its_format_says():
    first = written(SMALL, "ciel").split(b"\r\n")[0]
    assert len(first) == 142
    assert first[46:71].decode("cp850").strip() == "Déjeuner du 6"
    assert (first[71:84], first[84:85], first[-5:]) == (b"       120.50", b"D", b"O2003")


def test_ebp_leaves_the_automatic_label_empty_and_puts_the_label_sixth():
    cells = written(SMALL, "ebp").decode("cp1252").split("\r\n")[3].split(",")
    assert len(cells) == 11
    assert (cells[1], cells[2], cells[3], cells[4]) == ("06102026", "HA", "BIOCOOP", "")
    assert (cells[5], cells[6]) == ('"Biocoop – épicerie"', '"F-0123"')
    assert (cells[7], cells[8], cells[9], cells[10]) == ("84.20", "C", "05112026", "EUR")


def test_sage_puts_the_section_fourteenth_after_the_pointing():
    first = written(SMALL, "sage").decode("cp1252").split("\r\n")[5].split("\t")
    assert len(first) == 14
    assert (first[3], first[5], first[6], first[7]) == ("706000", "120.50", "C", "B")
    assert (first[12], first[13]) == ("", "REPAS")


def test_winfic_stands_where_its_format_says():
    first = written(SMALL, "winfic").decode("cp1252").split("\r\n")[0].split("|")
    assert [len(cell) for cell in first[:11]] == [2, 8, 6, 6, 6, 6, 13, 13, 30, 2, 5]
    assert (first[3], first[6], first[10]) == ("     1", "       120,50", "6-001")


@pytest.mark.parametrize("key", KEYS)
def test_every_layout_says_where_it_was_read(key):
    assert len(profile(key).source) > 20


def test_codes_cut_short_still_tell_parties_apart():
    owed = [
        replace(OWED, party=code, entry=n)
        for n, code in enumerate(("FOURNISSEUR-NORD", "FOURNISSEUR-SUD"), 1)
    ]
    back = read_back(written(owed, "ciel"), "ciel")
    assert len({line.account for line in back}) == 2


def test_an_account_too_long_is_refused_rather_than_cut():
    with pytest.raises(UserError, match="70600012"):
        written([replace(MEALS, account="70600012")], "winfic")


def test_an_amount_too_large_is_refused_rather_than_cut():
    with pytest.raises(UserError, match="ne tient pas"):
        written([replace(SALE, debit=10**13)], "quadra")


def test_no_cell_starts_a_formula_in_a_spreadsheet():
    for key in KEYS:
        layout = profile(key)
        if layout.separator:
            text = written([replace(SALE, label="=1+1", piece="@x")], key).decode(layout.encoding)
            cells = [
                c.strip('"') for line in text.splitlines() for c in line.split(layout.separator)
            ]
            assert not [c for c in cells if c.startswith(("=", "@"))], key


def test_a_line_of_another_format_is_told_with_its_place():
    found = read_transfer(io.BytesIO(written(SMALL, "ebp") + b"rien\r\n"), profile("ebp"))
    assert [p.line for p in found.problems] == [5]
    assert len(found.lines) == 4


@given(content=st.binary(max_size=300), key=st.sampled_from(KEYS))
def test_no_file_makes_a_reader_fail(content, key):
    with contextlib.suppress(UnreadableError):
        read_transfer(io.BytesIO(content), profile(key))


HOSTILE = "abzAZ059 éèÉçÀ\t\n\r;,|\"'=+-@\\’«»\u00a0\u202f\u2028🍲ﬁ"
LABELS = st.text(HOSTILE, min_size=1, max_size=120).filter(lambda t: any(c.isalnum() for c in t))
ACCOUNTS = ("512000", "530000", "601000", "706000", "401000", "411000")
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


@st.composite
def ledgers(draw):
    """Return balanced entries: all debits, then all credits."""
    lines = []
    for entry in range(1, draw(st.integers(1, 4)) + 1):
        same = FlatLine(
            journal=draw(st.sampled_from(["VE", "HA", "BQ1", "CVN", "OD"])),
            journal_title="Journal",
            day=draw(DAYS),
            piece=draw(LABELS),
            entry=entry,
        )
        debits = draw(st.lists(st.integers(1, 10**9), min_size=1, max_size=3))
        lines.extend(replace(draw_side(draw, same), debit=cents) for cents in debits)
        lines.append(replace(draw_side(draw, same), credit=sum(debits)))
    return lines


def draw_side(draw, same):
    code = draw(st.sampled_from(["", "", "BIOCOOP", "BIOCOOP-CANAL-NORD", "BIOCOOP-CANAL-SUD"]))
    return replace(
        same,
        account="401000" if code else draw(st.sampled_from(ACCOUNTS)),
        account_title="Compte",
        label=draw(LABELS),
        party=code,
        party_name=code.title(),
        party_kind="supplier" if code else "",
        due_day=draw(st.none() | DAYS),
    )


def letters(text):
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isascii() and c.isalnum())


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=40, deadline=None)
@given(lines=ledgers())
def test_any_ledger_comes_back_within_what_the_layout_carries(key, lines):
    back = read_back(written(lines, key), key)
    assert [(b.day, b.debit, b.credit, b.entry) for b in back] == [
        (s.day, s.debit, s.credit, s.entry) for s in lines
    ]
    lost = losses(profile(key))
    for name in ("label", "piece"):
        room = lost.cut.get(name, 1000)
        for b, s in zip(back, lines, strict=True):
            kept, whole = letters(getattr(b, name)), letters(getattr(s, name))
            assert kept in whole
            assert kept == whole or len(getattr(s, name)) >= room - 1
    if "due_day" not in lost.absent:
        assert [b.due_day for b in back] == [s.due_day for s in lines]
    told = [(b.account, b.party) for b in back]
    meant = [(s.account, s.party) for s in lines]
    if "party" in lost.absent:
        meant = [(s.party or s.account, "") for s in lines]
    assert len(set(told)) == len(set(meant)) == len(set(zip(told, meant, strict=True)))
    for (account, _), (number, _) in zip(told, meant, strict=True):
        assert account == number or not number.isdigit()
