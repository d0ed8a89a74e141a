"""The admin draws Urdu, Khmer and Lao with our own fonts, whatever its reader's machine has."""

import re
from pathlib import Path

import wagtail
from django.conf import settings

OURS = Path(settings.BASE_DIR) / "static/css/translating.css"
THEIRS = Path(wagtail.__file__).parent / "admin/static/wagtailadmin/css/core.css"


def families(css: str, name: str) -> list[str]:
    found = re.search(rf"--w-font-{name}: *([^;]+);", css)
    assert found
    return [one.strip().strip('"') for one in found[1].split(",")]


def test_our_fonts_stand_before_every_other_one():
    ours, theirs = (path.read_text(encoding="utf-8") for path in (OURS, THEIRS))

    for name in ("sans", "mono"):
        first, *others = families(ours, name)
        assert first == "Translated"
        assert set(others) <= set(families(theirs, name))
    assert len(re.findall(r'font-family: "Translated"; font-weight: 400', ours)) == 3


def test_nothing_in_the_admin_names_them_last():
    """Behind a generic font nothing is asked for a letter that this one draws as a box."""
    for path in OURS.parent.glob("*.css"):
        assert ', "Translated"' not in path.read_text(encoding="utf-8"), path.name
