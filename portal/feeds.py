"""Where the Atom feed of a page stands."""

from __future__ import annotations


def feed_of(address: str) -> str:
    """The feed of a thread, dataset or view, by its site-relative address: `/feed/explora/d/r.atom?…`."""
    path, mark, query = address.partition("?")
    return f"/feed{path}.atom{mark}{query}"
