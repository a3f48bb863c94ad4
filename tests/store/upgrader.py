"""A process for tests that upgrades the store at the URL it is given."""

from __future__ import annotations

import sys

from store.database import upgrade

if __name__ == "__main__":
    upgrade(sys.argv[1])
