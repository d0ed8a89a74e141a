"""Lists and numbers in a line that may run from right to left."""

import pytest
from django.utils import translation

from modules.reference.lists import html_with_numbers_kept, with_numbers_kept

FROM_LEFT, END, TOGETHER = "\u2066", "\u2069", "\u2060"


def marked(text: str) -> str:
    """What is kept in brackets, and no break after a dash, so that a person can read it."""
    return text.replace(FROM_LEFT, "[").replace(END, "]").replace(TOGETHER, "")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("سال 2014-15 میں", "سال [2014-15] میں"),
        ("60–70 فیصد", "[60–70] فیصد"),
        ("صبح 09:30–12:45 تک", "صبح [09:30–12:45] تک"),
        ("20,000 × 6% = 1,200 روپے", "[20,000 × 6% = 1,200] روپے"),
        ("فرق −2.5 تھا", "فرق [−2.5] تھا"),
        ("شرح 6% تھی۔", "شرح [6%] تھی۔"),
        ("2014-15ء", "[2014-15]ء"),
        ("فون 0300-1234567", "فون [0300-1234567]"),
        ("تاریخ 2026-11-21۔", "تاریخ [2026-11-21]۔"),
        # These run rightly by themselves.
        ("1,200 تا 1,500", "1,200 تا 1,500"),
        ("2024/25 کے مطابق", "2024/25 کے مطابق"),
        ("10:25 پر", "10:25 پر"),
        ("فارم PR-05-06", "فارم PR-05-06"),
        ("سبق 3، صفحہ 4", "سبق 3، صفحہ 4"),
    ],
)
def test_numbers_run_from_left_to_right_in_urdu(text, kept):
    with translation.override("ur"):
        assert marked(with_numbers_kept(text)) == kept
        assert with_numbers_kept(with_numbers_kept(text)) == with_numbers_kept(text)


@pytest.mark.parametrize("language", ["en", "km", "lo"])
def test_nothing_is_added_where_everything_runs_from_left_to_right(language):
    with translation.override(language):
        assert with_numbers_kept("2014-15") == "2014-15"
        assert html_with_numbers_kept("<p>2014-15</p>") == "<p>2014-15</p>"


def test_a_range_is_never_broken_after_its_dash():
    with translation.override("ur"):
        assert f"2014-{TOGETHER}15" in with_numbers_kept("سال 2014-15")
        assert f"60–{TOGETHER}70" in with_numbers_kept("60–70")


def test_addresses_and_attributes_stay_as_they_are():
    html = '<a href="/2014-15/" title="60–70">سال 2014-15</a>'

    with translation.override("ur"):
        done = html_with_numbers_kept(html)

    assert marked(done) == '<a href="/2014-15/" title="60–70">سال [2014-15]</a>'
    assert 'href="/2014-15/" title="60–70"' in done
