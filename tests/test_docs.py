"""The documentation names what there is."""

from __future__ import annotations

from config import ROOT, Settings


def test_every_setting_stands_in_the_settings_page() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in Settings.__slots__ if f"`{name.upper()}`" not in page] == []
