"""One word, one meaning: the words of the trade, and none that mean nothing."""

import ast
import re
from functools import cache

from tests.architecture.source import PRODUCT, modules

EMPTY_NAMES = {"common", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}
"""Names that do not tell what a file is about."""

BANNED = {
    "booking": "reservation (Book is a canteen's data)",
    "bookings": "reservations",
    "invoicee": "customer",
    "nonconformity": "breach",
    "non_conformity": "breach",
    "guest": "diner",
    "receipt_of_goods": "delivery",
}
"""Words that have another name in this house, and that name."""

SUFFIXES = ("Helper", "Manager", "Util", "Utils", "Controller", "Repository", "Facade", "DTO")
"""Ends of class names that tell of a layer we do not have."""


@cache
def identifiers(module):
    """Return the names a module gives, each once."""
    return {*given(module)}


def given(module):
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@cache
def words(name):
    """Split an identifier into its words: ``ColdUnit`` and ``cold_unit`` alike."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")


def test_identifiers_use_the_words_of_the_house():
    assert not [
        f"{module.name}: {name} ({BANNED[word]})"
        for module in modules(*PRODUCT)
        for name in identifiers(module)
        for word in words(name)
        if word in BANNED
    ]


def test_a_file_is_named_after_what_it_does():
    every = [module.name for module in modules(*PRODUCT)]
    assert not [name for name in every if EMPTY_NAMES & set(name.removesuffix(".py").split("/"))]


def test_no_class_belongs_to_a_layer_we_do_not_have():
    every = [node.name for module in modules(*PRODUCT) for node in module.classes]
    assert not [name for name in every if name.endswith(SUFFIXES)]
    services = {name for name in every if name.endswith("Service")}
    assert services <= {"MealService"}, "a service is a meal, never a software layer"


def test_journal_is_a_word_of_accounting():
    wrong = [
        (module.name, name)
        for module in modules("cantine_desktop", "ui")
        if "/finance/" not in module.name and "/exchange/" not in module.name
        for name in identifiers(module)
        if "journal" in words(name)
    ]
    assert not wrong
