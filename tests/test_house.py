"""The house's own rules, over every file: short files and functions, and nothing that changes at module level."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from config import ROOT

MOST_LINES, MOST_OF_A_PAGE, MOST_OF_A_FUNCTION = 300, 60, 40
ELSEWHERE = (".venv", "var", "cache", "node_modules", "build")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MAKERS = ("list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict")


def files(root: Path) -> Iterator[tuple[str, str]]:
    """(path from the root, text) of every Python file of the project."""
    for path in sorted(root.rglob("*.py")):
        at = path.relative_to(root)
        if not any(part in ELSEWHERE or part.startswith(".") for part in at.parts):
            yield at.as_posix(), path.read_text(encoding="utf-8")


def long_files(path: str, text: str) -> Iterator[str]:
    lines, most = len(text.splitlines()), MOST_OF_A_PAGE if path.startswith("pages/") else MOST_LINES
    if lines > most:
        yield f"{path}: {lines} lines (at most {most})"


def long_functions(path: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FUNCTIONS) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > MOST_OF_A_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines (at most {MOST_OF_A_FUNCTION})"


def deferred_imports(path: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FUNCTIONS):
            for inner in ast.walk(node):
                if isinstance(inner, (ast.Import, ast.ImportFrom)):
                    yield f"{path}:{inner.lineno}: {node.name} imports inside"


def mutable_values(path: str, text: str) -> Iterator[str]:
    """What a module binds to a list, dict or set; tests' own tables are theirs to write as they like."""
    if path.startswith("tests/"):
        return
    for node in ast.parse(text).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and _mutable(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [ast.unparse(target) for target in targets]
            if not all(name.startswith("__") and name.endswith("__") for name in names):
                told = ", ".join(names)
                yield f"{path}:{node.lineno}: {told} can be changed; use a tuple, frozenset or MappingProxyType"


def _mutable(value: ast.expr) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(value, MUTABLE) or (isinstance(called, ast.Name) and called.id in MAKERS)


RULES: tuple[Callable[[str, str], Iterator[str]], ...] = (long_files, long_functions, deferred_imports, mutable_values)


def test_every_file_keeps_to_the_rules_of_the_house() -> None:
    wrong = sorted(chain.from_iterable(rule(path, text) for path, text in files(ROOT) for rule in RULES))
    assert not wrong, f"{len(wrong)} against the rules of the house:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("model/a.py", "\n" * 301, "model/a.py: 301 lines (at most 300)"),
        ("pages/a.py", "\n" * 61, "pages/a.py: 61 lines (at most 60)"),
        ("model/a.py", "def f():\n" + "    x = 1\n" * 40, "model/a.py:1: f has 41 lines (at most 40)"),
        ("model/a.py", "class A:\n    def f(self):\n        import os\n", "model/a.py:3: f imports inside"),
        (
            "model/a.py",
            "A: Mapping[str, int] = {}",
            "model/a.py:1: A can be changed; use a tuple, frozenset or MappingProxyType",
        ),
        (
            "model/a.py",
            "A = [n for n in B]",
            "model/a.py:1: A can be changed; use a tuple, frozenset or MappingProxyType",
        ),
        ("model/a.py", "A = set()", "model/a.py:1: A can be changed; use a tuple, frozenset or MappingProxyType"),
    ],
)
def test_each_rule_says_what_is_wrong_and_where(path: str, text: str, said: str) -> None:
    assert list(chain.from_iterable(rule(path, text) for rule in RULES)) == [said]


@pytest.mark.parametrize(
    "text", ["__all__ = ['a']", "A = MappingProxyType({'a': 1})", "A = (1,)", "def f():\n    a = []"]
)
def test_what_cannot_be_changed_from_outside_is_let_be(text: str) -> None:
    assert list(chain.from_iterable(rule("model/a.py", text) for rule in RULES)) == []


def test_the_settings_know_the_errors_and_no_other_room() -> None:
    tree = ast.parse((ROOT / "config.py").read_text(encoding="utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names} == {"model.errors"}
