"""Indicators without a window: as a table, and down to the lines of one."""

import csv

import pytest


@pytest.fixture
def days():
    return "--from", "2026-10-01", "--to", "2026-10-31"


def test_figures_are_written_as_a_table_that_reads_back(run, demo, days):
    told = run("figures", "--book", demo, *days, "--csv")
    rows = list(csv.DictReader(told.out.splitlines()))
    assert rows[0]["code"] == "K1"
    assert {row["cle"] for row in rows} >= {"meals", "full-cost", "waste-per-meal", "controls-done"}
    assert {row["du"] for row in rows} == {"2026-10-01"}


def test_the_lines_behind_a_figure_are_told(run, demo, days):
    told = run("figures", "--book", demo, *days, "--why", "diners-per-service")
    assert "Convives par service" in told.out
    assert "÷ services" in told.out


def test_an_indicator_nobody_knows_is_refused_with_words(run, demo, days):
    told = run("figures", "--book", demo, *days, "--why", "bonheur")
    assert told.code != 0
    assert "bonheur" in told.err + told.out
