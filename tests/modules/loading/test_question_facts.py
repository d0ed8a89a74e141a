"""What is known of a question beside its words goes into the bank and out as it was written."""

import pytest

from modules.courses.models import Course
from modules.courses.releasing import ReleaseError, manifest_of, release
from modules.loading.checking import problems
from modules.loading.dumping import dump_library
from modules.loading.errors import LibraryErrors
from modules.loading.library import read_library
from modules.loading.loading import languages, load_library
from modules.loading.models import Loaded
from modules.questions.asking import ask
from modules.questions.definitions import sha_of
from modules.questions.models import Question
from tests.modules.loading.mini import change

pytestmark = pytest.mark.django_db

FILE = "mini/en/01-one.questions.toml"
FACTS = """use = "practice"
expected = 70
tags = [
  "law",
  "numbers",
]
author = "Asma Author"
"""
WRONG = '{key="b", correct=false, text='
MISTAKEN = '{key="b", correct=false, misconception="only-yes", text='


def write_facts(root):
    """Facts and a misconception in the English file of lesson one."""
    change(root, FILE, 'use = "practice"\n', FACTS)
    change(root, FILE, WRONG, MISTAKEN)


def english(key="mi-one"):
    return Question.objects.get(key=key, locale__language_code="en")


def test_facts_are_loaded_and_dumped_byte_for_byte(mini, tmp_path):
    write_facts(mini)
    load_library(mini)

    row = english()
    assert (row.expected, row.tags, row.author, row.retired) == (
        *(70, "law, numbers", "Asma Author", False),
    )
    assert row.table["options"][1]["misconception"] == "only-yes"
    dump_library("mini", tmp_path / "dump")
    for file in (FILE, FILE.replace("/en/", "/ur/")):
        assert (tmp_path / "dump" / file).read_bytes() == (mini / file).read_bytes()


def test_a_translation_takes_the_facts_from_english(mini):
    write_facts(mini)
    load_library(mini)

    own = Question.objects.get(key="mi-one", locale__language_code="ur")
    assert (own.expected, own.tags, own.author) == (70, "law, numbers", "Asma Author")


def test_a_fact_in_a_translation_is_refused(mini):
    change(mini, "mini/ur/01-one.questions.toml", "[mi-one]\n", "[mi-one]\nexpected = 70\n")

    with pytest.raises(LibraryErrors, match="nothing else"):
        load_library(mini)


def test_what_was_loaded_before_there_were_facts_is_no_conflict(mini):
    row = Loaded.objects.get(path="question/mi-one@en")
    before = {
        "key": "mi-one",
        "kind": "single",
        "outcome": "MI1",
        "level": "understand",
        "use": "practice",
        "review": "draft",
        "live": True,
        "table": dict(english().table),
    }
    before["table"].pop("kind")

    assert row.sha256 == sha_of(before)


def test_an_edited_fact_is_left_alone(mini):
    row = english()
    row.tags = "mine"
    row.save_revision().publish()
    write_facts(mini)

    lines = load_library(mini).lines

    assert f"conflict: question/mi-one@en ({FILE}) was changed in the admin; left alone" in lines
    assert english().tags == "mine"


@pytest.mark.parametrize("said", ["-1", "101", '"70"'])
def test_a_share_that_is_none_is_refused(mini, said):
    change(mini, FILE, 'use = "practice"\n', f'use = "practice"\nexpected = {said}\n')

    with pytest.raises(LibraryErrors, match='"expected"'):
        load_library(mini)


def test_what_is_right_is_no_misconception(mini):
    change(mini, FILE, "correct=true, text", 'correct=true, misconception="x", text')

    with pytest.raises(LibraryErrors, match="what is right is no"):
        load_library(mini)


def retire(root):
    change(root, FILE, 'use = "practice"\n', 'use = "practice"\nretired = true\n')
    load_library(root)


def test_a_retired_question_is_not_practised_and_not_released(mini, tmp_path):
    assert ask("mi-one", "en") is not None
    retire(mini)

    assert ask("mi-one", "en") is None
    assert ask("mi-one", "ur") is None
    assert "mi-one" not in manifest_of(Course.objects.get(code="mini"))["questions"]
    dump_library("mini", tmp_path / "dump")
    assert (tmp_path / "dump" / FILE).read_bytes() == (mini / FILE).read_bytes()


def test_a_form_with_a_retired_question_is_refused(mini):
    stem = 'stem = "One is one."\n'
    change(mini, "mini/en/tests.questions.toml", stem, f"retired = true\n{stem}")

    with pytest.raises(LibraryErrors, match='"mi-a1" is retired'):
        load_library(mini)
    Question.objects.filter(key="mi-a1").update(retired=True)
    with pytest.raises(ReleaseError, match='no live question "mi-a1"'):
        release(Course.objects.get(code="mini"), "9.9")


def test_the_check_names_no_retired_question_as_unused(mini):
    library = read_library(mini, languages())
    assert not [one for one in problems(library) if "never used" in str(one)]
    change(mini, "mini/en/02-two.md", '::: question {#q-two use="mi-two"}\n:::\n', "")
    library = read_library(mini, languages())
    assert [one for one in problems(library) if "mi-two: this question is never" in str(one)]
    change(
        mini, "mini/en/02-two.questions.toml", 'use = "practice"\n',
        'use = "practice"\nretired = true\n',
    )  # fmt: skip

    library = read_library(mini, languages())

    assert not [one for one in problems(library) if "mi-two: this question is never" in str(one)]
