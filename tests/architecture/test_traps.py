"""Traps that were met once are not met twice."""

import ast

import pytest

from tests.architecture.source import modules

CORE = modules("cantine_desktop")
SCREENS = modules("ui")
BROAD = {"cantine_desktop/plugins.py", "ui/errors.py", "ui/kit/jobs.py"}
"""Where any error at all may arrive: foreign code, the window's last resort, work in threads."""

REFUSED = {
    "QDoubleSpinBox": "floats and a locale of its own: use ui.kit NumberEdit",
    "QSortFilterProxyModel": "347 times slower than ORDER BY on 50,000 rows",
    "QTableWidget": "8 times slower to open than a model",
    "resizeColumnsToContents": "measures every row: store widths",
    "resizeRowsToContents": "measures every row: fix the height",
    "ResizeToContents": "measures every row again at each change",
}


SMALL = {("ui/about.py", "QTableWidget")}
"""Where what is slow for thousands of rows holds some thirty: the list of shortcuts."""


def calls(module, name):
    return [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    ]


@pytest.mark.parametrize("module", SCREENS, ids=lambda module: module.name)
def test_no_signal_is_connected_to_a_lambda_that_holds_its_window(module):
    held = [
        call.lineno
        for call in calls(module, "connect")
        for argument in call.args
        if isinstance(argument, ast.Lambda)
        and any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(argument))
    ]
    assert not held, "connect a bound method, or functools.partial: the window outlives itself"


@pytest.mark.parametrize("module", SCREENS, ids=lambda module: module.name)
def test_no_widget_that_is_slow_or_wrong_is_used(module):
    used = {
        name: REFUSED[name]
        for node in ast.walk(module.tree)
        for name in [getattr(node, "attr", None) or getattr(node, "id", None)]
        if name in REFUSED and (module.name, name) not in SMALL
    }
    assert not used


@pytest.mark.parametrize("module", [*CORE, *SCREENS], ids=lambda module: module.name)
def test_only_three_files_catch_everything(module):
    broad = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
        and not _passes_on(node)
    ]
    assert not broad or module.name in BROAD


def _passes_on(handler):
    """Tell whether a handler only tidies up before the error goes on its way."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize("module", [*CORE, *SCREENS], ids=lambda module: module.name)
def test_files_are_found_through_resources_never_beside_the_code(module):
    names = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    assert "__file__" not in names


@pytest.mark.parametrize("module", [*CORE, *SCREENS], ids=lambda module: module.name)
def test_no_module_is_imported_by_a_star(module):
    stars = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names)
    ]
    assert not stars, "a star import of Qt doubles the start"


@pytest.mark.parametrize("module", CORE, ids=lambda module: module.name)
def test_no_stored_value_is_a_float(module):
    floats = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.AnnAssign)
        and ast.unparse(node.annotation).startswith("Mapped[")
        and "float" in ast.unparse(node.annotation)
    ]
    assert not floats


@pytest.mark.parametrize("module", CORE, ids=lambda module: module.name)
def test_money_is_never_averaged_by_the_database(module):
    averages = [
        call.lineno
        for call in calls(module, "avg")
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "func"
    ]
    assert not averages, "avg gives cents as a float: divide in Python"
