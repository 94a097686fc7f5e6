"""Which limit holds, who set it, and what a canteen or a contract may not set."""

import tomllib
from fractions import Fraction

import pytest

import resources
from cantine_desktop.errors import UserError
from cantine_desktop.sources import Status, sources
from cantine_desktop.staff.law import judging
from cantine_desktop.staff.law.articles import article, articles, caution
from cantine_desktop.staff.law.nouns import Overlay, Regime, SetBy
from cantine_desktop.staff.law.rules import (
    Branch,
    Profile,
    check_profile,
    check_terms,
    limits,
    rule_ids,
    rule_title,
)
from tests.staff.law.hours import ECLAT, HCR, part_time, plain

ACCORD = "Accord du 3 février 2025"


def refused(overlay, branch=Branch.NONE):
    with pytest.raises(UserError) as error:
        check_profile(Profile(branch, (overlay,)))
    return plain(str(error.value))


@pytest.mark.parametrize(
    ("rule", "stricter", "looser"),
    [
        ("DAILY_MAX", 540, 601),
        ("DAILY_REST", 720, 659),
        ("WEEKLY_MAX", 2700, 2881),
        ("BREAK", 30, 19),
        ("COMPLEMENTARY", Fraction(1, 20), Fraction(1, 9)),
        ("NOTICE_PART_TIME", 10, 6),
    ],
)
def test_the_canteen_may_only_be_stricter(rule, stricter, looser):
    check_profile(Profile(canteen=(Overlay(rule, Fraction(stricter)),)))
    assert rule_title(rule) in refused(Overlay(rule, Fraction(looser)))


@pytest.mark.parametrize(
    ("rule", "furthest", "too_far"),
    [
        ("DAILY_MAX", 720, 721),
        ("DAILY_REST", 540, 539),
        ("AVERAGE_12", 2760, 2761),
        ("NOTICE_PART_TIME", 3, 2),
        ("COMPLEMENTARY", Fraction(1, 3), Fraction(1, 2)),
    ],
)
def test_an_agreement_loosens_a_limit_as_far_as_the_text_says(rule, furthest, too_far):
    check_profile(Profile(canteen=(Overlay(rule, Fraction(furthest), ACCORD),)))
    refused(Overlay(rule, Fraction(too_far), ACCORD))


def test_the_refusal_says_what_is_missing_in_french():
    assert refused(Overlay("DAILY_MAX", Fraction(660))) == (
        "Durée maximale de travail par jour : 11 h est permis seulement par un accord ou une "
        "autorisation. Indiquez lequel (art. L3121-18)."
    )
    assert refused(Overlay("DAILY_MAX", Fraction(750), ACCORD)) == (
        "Durée maximale de travail par jour : 12 h 30 dépasse ce que le texte permet, "
        "12 h au plus (art. L3121-18)."
    )
    assert refused(Overlay("DAILY_REST", Fraction(500), ACCORD)) == (
        "Repos entre deux journées : 8 h 20 est moins que le texte ne permet, 9 h au moins "
        "(art. L3131-1)."
    )
    assert "n’est pas une limite" in refused(Overlay("DAILY_MAX", Fraction(0)))
    assert "règle connue" in refused(Overlay("SIESTA", Fraction(1)))


def test_a_contract_may_not_promise_more_complementary_hours_than_the_branch():
    check_terms(part_time(24, complementary=Fraction(1, 3)).terms[0], HCR)
    with pytest.raises(UserError, match="Heures complémentaires"):
        check_terms(part_time(24, complementary=Fraction(1, 3)).terms[0], Profile())


def test_the_strictest_of_canteen_and_contract_holds_and_is_named():
    profile = Profile(canteen=(Overlay("DAILY_MAX", Fraction(570)),))
    terms = part_time(24, overlays=(Overlay("DAILY_MAX", Fraction(540)),)).terms[0]
    found = limits(profile, Regime.ADULT, terms)["DAILY_MAX"]
    assert (found.whole, found.set_by) == (540, SetBy.CONTRACT)
    found = limits(profile, Regime.ADULT, None)["DAILY_MAX"]
    assert (found.whole, found.set_by) == (570, SetBy.CANTEEN)
    assert limits(ECLAT, Regime.ADULT, None)["BREAK"].set_by is SetBy.AGREEMENT


def test_an_overlay_nobody_checked_never_loosens_the_law():
    loose = Profile(canteen=(Overlay("DAILY_MAX", Fraction(900)),))
    assert limits(loose, Regime.ADULT, None)["DAILY_MAX"].whole == 600
    agreed = Profile(canteen=(Overlay("DAILY_MAX", Fraction(720), ACCORD),))
    assert limits(agreed, Regime.ADULT, None)["DAILY_MAX"].whole == 720
    assert limits(agreed, Regime.MINOR, None)["DAILY_MAX"].whole == 480


@pytest.mark.parametrize("branch", list(Branch))
def test_no_agreement_is_looser_for_the_young_than_the_law(branch):
    for regime in (Regime.MINOR, Regime.UNDER_16, Regime.TRAINEE_MINOR):
        law, agreed = (limits(Profile(each), regime, None) for each in (Branch.NONE, branch))
        looser = [
            rule
            for rule in ("DAILY_MAX", "DAILY_REST", "WEEKLY_MAX", "AMPLITUDE", "REST_DAYS")
            if not law[rule].is_stricter(agreed[rule].value)
        ]
        assert not looser
        assert agreed["REST_DAYS"].consecutive


def test_every_limit_has_an_article_summarised_offline_and_a_known_source():
    read = tomllib.loads(resources.text("staff/rules.toml"))
    for rule, facts in read.items():
        for value in facts["values"]:
            found = article(value["article"])
            assert len(found.summary) > 40, value
            assert found.title, rule
            assert value["source"] in sources(), rule
    used = {value["article"] for facts in read.values() for value in facts["values"]}
    assert used == set(articles())


def test_what_was_not_read_says_so_with_where_it_was_found():
    for found in articles().values():
        if found.status is Status.TEXT:
            assert found.version, "the version that was read"
            assert not caution(found.source)
        elif found.status is not Status.PRACTICE:
            assert caution(found.source)
    assert "2020" in caution("CSN-L120")


def test_every_rule_of_the_file_is_judged_by_a_predicate():
    named = {
        "HALF_DAY", "LEGAL_WEEK", "NIGHT_WINDOW", "SPLIT_FROM", "LOCAL_HOLIDAY", "SUNDAY_MINOR",
        "NOTICE_PART_TIME", "NOTICE_COMPLEMENTARY", "NOTICE_PROGRAMME", "NOTICE_FULL_TIME",
        "TRAINEES", "DRIFT", "BREAK",
    }  # fmt: skip
    predicates = {predicate.__name__.upper() for predicate in judging.PREDICATES}
    assert set(rule_ids()) - named <= predicates
    assert predicates - set(rule_ids()) == {"BREAK_DUE", "CONTRACT_DRIFT"}


def test_what_may_forbid_is_looked_at_when_only_legality_is_asked():
    read = tomllib.loads(resources.text("staff/rules.toml"))
    milder = {predicate.__name__ for predicate in judging.PREDICATES[len(judging.FORBIDDING) :]}
    for rule, facts in read.items():
        found = {value.get("severity", facts["severity"]) for value in facts["values"]}
        if "forbidden" in found:
            assert rule.lower() not in milder, rule
    assert len(set(judging.PREDICATES)) == len(judging.PREDICATES)
