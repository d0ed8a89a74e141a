"""The stylesheets stay small, work in both directions of writing, and in Chrome 90."""

import gzip
import re

import pytest
from django.conf import settings

SHEETS = sorted((settings.BASE_DIR / "static/css").glob("*.css"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_sheet_names_no_side(path):
    sides = r"[\w-]*(margin|padding|border|inset)-(left|right|top|bottom)\b|(?<![\w-])(left|right):"
    assert not re.search(sides, path.read_text())
    assert not re.search(r"text-align: *(left|right)|float: *(left|right)", path.read_text())


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_sheet_uses_nothing_newer_than_chrome_90(path):
    newer = r":has\(|@layer|@container|color-mix|oklch|\bsvh\b|\bdvh\b|\n\s*&"
    assert not re.search(newer, path.read_text())


def test_what_every_page_loads_is_at_most_6_kb():
    assert len(gzip.compress((settings.BASE_DIR / "static/css/site.css").read_bytes())) <= 6000
