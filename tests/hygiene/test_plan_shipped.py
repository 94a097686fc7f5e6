"""The plan that is shipped holds what the plan it was made from holds, figure by figure."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from cantine_desktop.hygiene.families import FAMILIES
from cantine_desktop.hygiene.plan.rules import Given
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.sources import Status, sources

FILE = Path(__file__).parents[2].parent / "shared/data/hygiene/starter_plan.yaml"
beside = pytest.mark.skipif(not FILE.exists(), reason="the YAML plan is not beside the repository")


@beside
def test_every_point_of_the_file_is_shipped_with_its_figures():
    read = yaml.safe_load(FILE.read_text("utf-8"))
    points = shipped().points
    assert [point["id"] for point in read["control_points"]] == list(points)
    for asked in read["control_points"]:
        point, rule = points[asked["id"]], asked["measurement"]
        assert (point.severity, point.kind, point.frequency, point.basis, point.limit_basis) == (
            asked["severity_if_fail"],
            asked["type"],
            asked["frequency"],
            asked["basis"],
            asked["limit_basis"],
        )
        assert list(point.actions) == asked["corrective_actions"]
        assert list(point.sources) == asked["legal"]
        assert point.rule.kind == rule["kind"]
        for ours, theirs in (("most", "max"), ("least", "min"), ("tolerance", "tolerance")):
            if isinstance(figure := rule.get(theirs), int | float) and asked["id"] != "TIA-01":
                assert getattr(point.rule, ours) == Decimal(str(figure)), asked["id"]
    assert len(read["corrective_actions"]) == len(shipped().actions) == 26
    assert [item["id"] for item in read["cleaning_plan"]] == list(shipped().cleaning)
    assert set(read["references"]) <= set(sources())


def test_every_family_and_action_and_source_named_is_known():
    plan = shipped()
    for point in plan.points.values():
        assert set(point.actions) <= set(plan.actions), point.code
        assert set(point.sources) <= set(sources()), point.code
        assert point.sheet in plan.sheets, point.code
        assert point.rule.cleaning in {"", *plan.cleaning}, point.code
        assert point.title
        assert point.title_en
        assert bool(point.note) == bool(point.note_en)
    assert plan.points["REC-02"].rule.most_from is Given.FAMILY
    assert {family.value for family in FAMILIES} <= {
        family.key for family in plan.points["STO-01"].rule.families
    }


def test_what_was_only_remembered_says_so():
    for source in ("GC21", "R853-FISH", "CT-VIP", "ERP-SEC", "R852-IX", "SURG"):
        assert sources()[source].status is Status.UNCHECKED
    assert sources()["BP"].status is Status.PRACTICE
    assert sources()["IT2018"].status is Status.SECONDARY
