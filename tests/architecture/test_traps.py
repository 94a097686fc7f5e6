"""Traps that were met once are not met twice."""

import ast

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


def found(every, check):
    """Return where a rule is broken: ``file:line`` of each node that a check picks."""
    return [
        f"{module.name}:{node.lineno}"
        for module in every
        for node in ast.walk(module.tree)
        if check(node)
    ]


def test_no_signal_is_connected_to_a_lambda_that_holds_its_window():
    held = [
        f"{module.name}:{call.lineno}"
        for module in SCREENS
        for call in calls(module, "connect")
        for argument in call.args
        if isinstance(argument, ast.Lambda)
        and any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(argument))
    ]
    assert not held, "connect a bound method, or functools.partial: the window outlives itself"


def test_no_widget_that_is_slow_or_wrong_is_used():
    used = {
        (module.name, name)
        for module in SCREENS
        for node in ast.walk(module.tree)
        for name in [getattr(node, "attr", None) or getattr(node, "id", None)]
        if name in REFUSED
    }
    assert not [(*place, REFUSED[place[1]]) for place in used - SMALL]


def test_no_widget_is_asked_for_its_screen():
    """PySide ties the screen to the widget that was asked, and frees both: Qt crashes later."""
    asked = [
        f"{module.name}:{call.lineno}"
        for module in SCREENS
        for call in calls(module, "screen")
        if not call.args
    ]
    assert not asked, "ask QGuiApplication.screenAt, or primaryScreen: nothing is tied to them"


def test_only_three_files_catch_everything():
    every = [module for module in (*CORE, *SCREENS) if module.name not in BROAD]
    assert not found(every, _catches_everything)


def _catches_everything(node):
    """Tell whether a handler keeps any error at all, instead of tidying up and passing it on."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    last = node.body[-1]
    passes_on = isinstance(last, ast.Raise) and last.exc is None
    named = getattr(node.type, "id", None) in {"Exception", "BaseException"}
    return (node.type is None or named) and not passes_on


def test_files_are_found_through_resources_never_beside_the_code():
    assert not found([*CORE, *SCREENS], lambda node: getattr(node, "id", None) == "__file__")


def test_no_module_is_imported_by_a_star():
    def is_star(node):
        return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"

    assert not found([*CORE, *SCREENS], is_star), "a star import of Qt doubles the start"


def test_no_stored_value_is_a_float():
    def is_stored_float(node):
        if not isinstance(node, ast.AnnAssign):
            return False
        kind = ast.unparse(node.annotation)
        return kind.startswith("Mapped[") and "float" in kind

    assert not found(CORE, is_stored_float)


def test_money_is_never_averaged_by_the_database():
    averages = [
        f"{module.name}:{call.lineno}"
        for module in CORE
        for call in calls(module, "avg")
        if getattr(call.func.value, "id", None) == "func"
    ]
    assert not averages, "avg gives cents as a float: divide in Python"
