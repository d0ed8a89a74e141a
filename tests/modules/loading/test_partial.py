"""Lessons of which a translation has some blocks alone."""

import pytest

from modules.courses.models import LessonPage
from modules.loading.checking import problems
from modules.loading.checking_lessons import translated_in_part
from modules.loading.dumping import dump_library
from modules.loading.library import read_library
from modules.loading.loading import languages, load_library
from tests.modules.loading.mini import change

pytestmark = pytest.mark.django_db

FILE = "mini/ur/02-two.md"
HEAD = '+++\nkey = "two"\ntitle = "سبق دو"\npurpose = "آپ گن سکیں گے۔"\nreview = "draft"\n+++\n'
CARD = "\n::: pocket {#card}\n1. دو۔\n:::\n"


@pytest.fixture
def partial(root):
    """The folder of a library whose second lesson is translated but for its text."""
    change(
        root,
        "mini/en/02-two.md",
        "::: question",
        "::: pocket {#card}\n1. Two.\n:::\n\n::: question",
    )
    (root / FILE).write_text(HEAD + CARD)
    return root


def bodies():
    pages = LessonPage.objects.filter(key="two", locale__language_code__in=["en", "ur"])
    return {p.locale.language_code: [b["value"] for b in p.body.raw_data] for p in pages}


def test_what_is_left_out_is_read_in_english_and_in_its_order(partial):
    load_library(partial)

    found = bodies()
    assert found["ur"] == [found["en"][0], {"anchor": "card", "text": "1. دو۔"}, found["en"][2]]


def test_a_dump_leaves_out_what_is_english_and_loads_again(partial, tmp_path):
    load_library(partial)

    dump_library("mini", tmp_path / "dump")

    assert (tmp_path / "dump" / FILE).read_text() == HEAD + CARD
    report = load_library(tmp_path / "dump", ["mini"])
    assert {str(v) for count in report.counts.values() for v in count} == {"unchanged"}


def test_english_of_yesterday_is_left_out_too(partial, tmp_path):
    load_library(partial)
    page = LessonPage.objects.get(key="two", locale__language_code="en")
    page.body[0].value["text"] = "## Go on\n\nThree. (own)"
    page.save_revision().publish()

    dump_library("mini", tmp_path / "dump")

    assert (tmp_path / "dump" / FILE).read_text() == HEAD + CARD
    load_library(tmp_path / "dump", ["mini"])
    assert "Three." in bodies()["ur"][0]["text"]


def test_the_check_tells_of_it_and_is_content(partial):
    library = read_library(partial, languages())

    assert list(translated_in_part(library)) == [f"{FILE}: translated in part, 1 of 2 blocks."]
    assert [str(error) for error in problems(library)] == []


def test_a_fault_of_the_english_file_is_told_once(partial):
    change(partial, "mini/en/02-two.md", "Two. (own)", "Two.")

    found = [str(error) for error in problems(read_library(partial, languages()))]

    assert found == ["mini/en/02-two.md:13: this paragraph does not end with its source or (own)."]
