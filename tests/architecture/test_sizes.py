"""A file is read in one sitting, a function at one glance."""

import statistics

import pytest

from tests.architecture.source import PRODUCT, modules

FILE = 400
FUNCTION = 40


def length(function):
    """Return the lines of a function below its docstring and its signature's first line."""
    body = function.body
    first = body[0]
    is_docstring = hasattr(first, "value") and isinstance(getattr(first.value, "value", None), str)
    if is_docstring and len(body) > 1:
        return function.end_lineno - first.end_lineno
    return function.end_lineno - function.lineno


@pytest.mark.parametrize("module", modules(*PRODUCT, "tests"), ids=lambda module: module.name)
def test_no_file_is_longer_than_400_lines(module):
    assert len(module.text.splitlines()) <= FILE


@pytest.mark.parametrize("module", modules(*PRODUCT), ids=lambda module: module.name)
def test_no_function_is_longer_than_40_lines(module):
    long = {f.name: length(f) for f in module.functions if length(f) > FUNCTION}
    assert not long


def test_most_functions_fit_in_25_lines():
    lengths = [length(f) for module in modules(*PRODUCT) for f in module.functions]
    assert statistics.quantiles(lengths, n=10)[-1] <= 25
