"""Entries go to other accounting programs in their own layouts, and come back the same."""

import io
from dataclasses import replace
from datetime import date

import pytest

from cantine_desktop.finance.transfer.files import EXPORTS
from cantine_desktop.finance.transfer.lines import FlatLine
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
