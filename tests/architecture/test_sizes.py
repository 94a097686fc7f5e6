"""A file is read in one sitting, a function at one glance."""

import statistics

from tests.architecture.source import PRODUCT, modules

FILE = 400
FUNCTION = 40


def length(function):
    """Return the lines of a function, its docstring left out."""
    first = function.body[0]
    is_docstring = hasattr(first, "value") and isinstance(getattr(first.value, "value", None), str)
    start = first.end_lineno if is_docstring and len(function.body) > 1 else function.lineno
    return function.end_lineno - start


def test_no_file_is_longer_than_400_lines():
    every = modules(*PRODUCT, "tests")
    assert not {m.name: n for m in every if (n := len(m.text.splitlines())) > FILE}


def test_no_function_is_longer_than_40_lines():
    assert not [
        f"{module.name}:{function.lineno} {function.name}"
        for module in modules(*PRODUCT)
        for function in module.functions
        if length(function) > FUNCTION
    ]


def test_most_functions_fit_in_25_lines():
    lengths = [length(f) for module in modules(*PRODUCT) for f in module.functions]
    assert statistics.quantiles(lengths, n=10)[-1] <= 25
