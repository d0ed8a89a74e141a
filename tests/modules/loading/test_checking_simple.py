"""Simple versions in library files: where they stand, what they may say, that they come back."""

import pytest

from modules.courses.models import LessonPage
from modules.loading.checking import problems
from modules.loading.dumping import dump_library
from modules.loading.library import read_library
from modules.loading.loading import load_library
from tests.modules.loading.mini import change

LANGUAGES = ["en", "ur", "km", "lo"]
ONE, URDU = "mini/en/01-one.md", "mini/ur/01-one.md"
FORTY = " ".join(["Weigh it."] * 20)
SIMPLE = f"::: simple {{#start}}\n{FORTY} [W900]\n:::\n\n"
FIGURE = "::: figure"


@pytest.fixture
def simplified(root):
    """The mini library with a simple version in English."""
    change(root, ONE, "with **weight**.", f"with **weight**. {FORTY} And more.")
    change(root, ONE, FIGURE, f"{SIMPLE}{FIGURE}")
    return root


def said(root):
    library = read_library(root, LANGUAGES)
    return [str(error) for error in library.errors or problems(library)]


def test_a_short_and_plain_one_is_right(simplified):
    assert said(simplified) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("it. [W900]\n:::\n\n::: f", "it.\n:::\n\n::: f", ":17: this paragraph does not end with"),
        (f"\n{FORTY} [W900]", "\nWeigh it. [W900]", ":17: A simple version has 40 to 120 words,"),
        ("Weigh it. [W900]", "Weigh. [[term:maxi]] [W900]", ':17: there is no term "maxi"'),
        (f"\n{FORTY} [W900]", f"\n{FORTY} [W901]", ":17: The full text does not name: W901."),
        ("simple {#start}", "simple {#limit}", ':16: no text called "limit" stands before'),
        ("simple {#start}", "simple {#start minutes=3}", ":16: a simple version has a text and"),
        (FIGURE, f"{SIMPLE}{FIGURE}", ':20: the text "start" has two simple versions.'),
    ],
)
def test_what_is_wrong_is_named_with_its_line(simplified, old, new, message):
    change(simplified, ONE, old, new)

    assert any(line.startswith(f"{ONE}{message}") for line in said(simplified)), said(simplified)


def test_long_sentences_are_told(simplified):
    change(simplified, ONE, f"\n{FORTY} [W900]", "\n" + "weigh " * 40 + "it. [W900]")

    assert f"{ONE}:17: 41.0 words a sentence; a simple version has fewer than 12." in said(
        simplified
    )


def test_a_translation_may_have_one_where_the_english_text_has(simplified):
    simple = "::: simple {#start}\nچند لفظ۔ (own)\n:::\n\n"
    change(simplified, URDU, "## آغاز\n", "## آغاز\n\nکچھ زیادہ لفظ، ذرا لمبے۔ (own)\n")
    change(simplified, URDU, FIGURE, f"{simple}{FIGURE}")
    assert said(simplified) == []

    change(simplified, ONE, SIMPLE, "")
    (error,) = said(simplified)
    assert error.endswith('the English text "start" has no simple version.')


def test_loaded_and_dumped_it_is_the_same(db, simplified, tmp_path):
    load_library(simplified)
    assert load_library(simplified).counts["Lessons"]["unchanged"] == 3
    texts = {
        page.locale.language_code: page.body.raw_data[0]["value"].get("simple")
        for page in LessonPage.objects.filter(key="one", alias_of=None).select_related("locale")
    }
    assert texts == {"en": f"{FORTY} [W900]", "ur": None}

    dump_library("mini", tmp_path / "out")
    written = (tmp_path / "out" / ONE).read_text(encoding="utf-8")
    assert written == (simplified / ONE).read_text(encoding="utf-8")
