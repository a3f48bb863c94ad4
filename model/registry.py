"""What a drawer (a folder with one file per thing) holds."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def discover(drawer: ModuleType, attribute: str) -> tuple[object, ...]:
    """The `attribute` of each module in the package `drawer`, in order of module name.

    A module of the drawer that lacks the attribute is an AttributeError: nothing is skipped in silence.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(drawer.__path__))
    modules = (importlib.import_module(f"{drawer.__name__}.{name}") for name in names)
    return tuple(getattr(module, attribute) for module in modules)
