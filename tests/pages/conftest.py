"""Chromium for `dash_duo`, as it runs without a screen."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from selenium.webdriver.chrome.options import Options

from tests.conftest import CHROMIUM

ARGUMENTS = [
    *CHROMIUM,
    "--headless=new",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def pytest_setup_options() -> Any:
    """The options that `dash_duo` starts its browser with."""
    options: Any = Options()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("dash_duo needs Chromium and its driver: run `make test`")
    options.binary_location = path
    for argument in (*ARGUMENTS, "--window-size=1280,900"):
        options.add_argument(argument)
    return options
