"""How names are folded, made into slugs and compared."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """`text` without accents, case or surplus space, for comparing: «  Ángel » → `angel`; ñ folds to n."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def slug(text: str) -> str:
    """An address part, `[a-z0-9-]+`, made from a title: «Por año» → `por-anio`; never empty."""
    return (
        re.sub(r"[^a-z0-9]+", "-", fold(text.replace("ñ", "ni").replace("Ñ", "ni"))).strip("-")[:80].strip("-")
        or "sin-titulo"
    )


def unique(names: Iterable[str], separator: str = "-") -> list[str]:
    """The names in order, a clash marked `-2`, `-3`…: `["a", "a"]` → `["a", "a-2"]`."""
    taken: set[str] = set()
    out: list[str] = []
    for name in names:
        candidate, n = name, 1
        while candidate in taken:
            n += 1
            candidate = f"{name}{separator}{n}"
        taken.add(candidate)
        out.append(candidate)
    return out


def nearest(name: str, options: Iterable[str]) -> str | None:
    """The option most like `name`, accents and case aside; None where nothing is near."""
    by_fold = {fold(o): o for o in options}
    found = difflib.get_close_matches(fold(name), by_fold, n=1, cutoff=0.5)
    return by_fold[found[0]] if found else None
