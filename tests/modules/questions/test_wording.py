"""Typed words against lists of accepted answers."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.questions.errors import DefinitionError
from modules.questions.wording import check_accepted, fits, normal, readable
from tests.modules.questions.strategies import trials


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Payroll tax", "  payroll   TAX\n"),
        ("straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("Ｅ O B I", "e o b i"),
        ("سماجی‌تحفظ", "سماجیتحفظ"),
        ("សន្តិ\u200bសុខ", "សន្តិសុខ"),
        ("ປະ\u200bກັນ", "ປະກັນ"),
        ("\u200f۱۲\u200e", "۱۲"),
        ("contribut*", "Contributions"),
        ("contribut*", "contribut"),
        ("*tax*", "a payroll tax, mostly"),
        ("pay * tax", "pay roll tax"),
        ("5 \\* 3", "5 * 3"),
        ("a*b*c", "aXbXbXc"),
        ("a*a", "aa"),
    ],
)
def test_line_accepts(line, said):
    assert fits(said, ["other\n" + line])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Payroll tax", "payrolltax"),
        ("contribut*", "my contributions"),
        ("*tax", "taxes"),
        ("a*a", "a"),
        ("ab*ba", "aba"),
        ("a*b*c", "acb"),
        ("5 \\* 3", "5 x 3"),
        ("tax.", "taxi"),
        ("[a-z]", "q"),
        ("tax", ""),
        ("tax", "\u200b"),
    ],
)
def test_line_does_not_accept(line, said):
    assert not fits(said, [line])


def test_any_list_may_accept_and_empty_lines_accept_nothing():
    assert fits("ٹیکس", ["tax\n\n", "ٹیکس"])
    assert not fits("", ["\n\n"])


letters = st.text("ab* ", max_size=8)


@trials
@given(letters, st.text("ab ", max_size=12))
def test_wildcards_mean_what_they_mean_elsewhere(line, said):
    pattern = ".*".join(map(re.escape, normal(line).split("*")))
    expected = bool(normal(said) and normal(line) and re.fullmatch(pattern, normal(said)))

    assert fits(said, [line]) == expected


@trials
@given(st.text(max_size=30))
def test_normal_form_is_stable_and_accepts_itself(text):
    once = normal(text)

    assert normal(once) == once
    plain = once.replace("*", "\\*")
    if once and "\\" not in once:
        assert fits(text, [plain])


@pytest.mark.parametrize(
    ("line", "said"),
    [("*a" * 400 + "*b", "a" * 5000), ("*" * 3000 + "b", "a" * 5000), ("a*" * 2000, "a" * 4999)],
)
def test_hostile_lines_and_answers_are_compared_at_once(line, said):
    began = process_time()

    fits(said, [line])

    assert process_time() - began < 0.5


@pytest.mark.parametrize("accepted", ["", " \n", "*", "tax\n * *"])
def test_list_that_says_nothing_or_accepts_everything_is_refused(accepted):
    with pytest.raises(DefinitionError, match="accepted: each line needs more"):
        check_accepted(accepted, "accepted")


def test_lines_as_a_reader_is_shown_them():
    assert readable("Payroll * tax\n\n other ") == ["Payroll … tax", "other"]
    assert readable("5 \\* 3") == ["5 * 3"]
