"""The small version, opened once a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.query.world import World, open_world


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """Questions are only reads: one world serves all tests."""
    opened = open_world()
    yield opened
    opened.connection.close()
