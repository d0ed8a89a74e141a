import pytest

from modules.blocks.lesson import LessonBody
from modules.loading.entries import Name, identity
from modules.loading.errors import LibraryErrors
from modules.loading.layouts import BLOCKS
from modules.loading.library import files_of, read_library
from modules.loading.loading import LIBRARY
from modules.loading.stamping import FILE as STAMPS
from tests.modules.loading.mini import change

LANGUAGES = ["en", "ur", "km", "lo"]
URDU_QUESTIONS = "mini/ur/01-one.questions.toml:1: a translation holds texts under their keys"


def test_shipped_files_are_written_as_they_are_read():
    library = read_library(LIBRARY, LANGUAGES)
    order = {lang: place for place, lang in enumerate(["", *LANGUAGES])}
    entries = sorted(
        library.entries.values(), key=lambda e: (e.kind, e.order, e.name.path, order[e.lang])
    )

    written = {
        name: text
        for course in library.courses
        for name, text in files_of(entries, course, LANGUAGES).items()
    }

    assert library.errors == ()
    files = (p for p in LIBRARY.rglob("*.*") if p.is_file() and p.name != STAMPS)
    assert set(written) == {str(p.relative_to(LIBRARY)) for p in files} - {"home.toml"}
    for name, text in written.items():
        assert text == (LIBRARY / name).read_bytes().decode(), name


def test_a_translation_keeps_the_facts_of_the_english_lesson(root):
    entries = read_library(root, LANGUAGES).entries

    urdu = entries[Name("lesson/mini/one", "ur")].value
    blocks = {raw["value"]["anchor"]: raw["value"] for raw in urdu["blocks"]}
    assert (urdu["minutes"], urdu["outcomes"], urdu["stem"]) == (20, ["MI1"], "01-one")
    facts = {"anchor": "start", "minutes": 9, "print": ""}
    assert blocks["start"] == {**facts, "text": "## آغاز"}
    assert blocks["limit"]["figure"] == "kh.mini-limit"
    assert blocks["drawing"]["alt"] == "خانے میں نقطہ۔"
    assert blocks["drawing"]["drawing"].startswith("<svg")


def test_languages_that_the_site_lacks_are_not_read(root):
    entries = read_library(root, ["en"]).entries

    assert {name.lang for name in entries} == {"", "en"}


def test_identities_never_change():
    assert str(identity("lesson/mini/one")) == "60e1088b-77c1-5d70-b0a9-74db2292c2e7"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("sources.toml", "publisher", "editor", 'sources.toml:3: "editor" does not belong here.'),
        ("terms.toml", "definition", "#", 'terms.toml:1: "definition" is missing.'),
        ("terms.toml", "ur =", "urdu =", 'terms.toml:1: "urdu" does not belong here.'),
        ("legal.toml", '"100"', "100", 'legal.toml:1: "value" must be text in quotes.'),
        ("mini/course.toml", "91", '"91"', 'mini/course.toml:1: "number" must be a whole number.'),
        ("mini/course.toml", 'code = "mini"', 'code = "x"', 'mini/course.toml:1: "code" must be'),
        ("mini/course.toml", '"two"', "2", 'mini/course.toml:1: "lessons" must be a list of less'),
        ("mini/course.toml", "level", "lvl", 'mini/course.toml:14: "lvl" does not belong here.'),
        ("mini/en/course.toml", "MI1", "MI2", 'mini/en/course.toml:8: outcome "MI1" has no title.'),
        ("mini/tests.toml", "[[test]]", "[test]", 'mini/tests.toml:1: "test" must be a list'),
        ("mini/tests.toml", "attempts = 2", "", 'mini/tests.toml:1: "attempts" is missing.'),
        ("mini/en/01-one.md", "20", "true", 'mini/en/01-one.md:1: "minutes" must be a whole'),
        ("mini/en/01-one.md", 'key = "one"', 'key = "eins"', "mini/en/01-one.md:1: the file must"),
        ("mini/en/01-one.md", "minutes=9", "minutes=x", 'mini/en/01-one.md:10: "minutes" must be'),
        ("mini/en/01-one.md", "text {", "txt {", 'mini/en/01-one.md:10: "txt" is no kind of block'),
        ("mini/en/01-one.md", "{#limit", "{#start", "mini/en/01-one.md:22: two blocks are called"),
        ("mini/en/01-one.md", "=yes", "=maybe", 'mini/en/01-one.md:26: "invented" must be true'),
        ("mini/en/01-one.md", "dot.svg", "dit.svg", "mini/en/01-one.md:16: there is no file"),
        ("mini/en/01-one.md", "figures/dot.svg", "../x.svg", 'mini/en/01-one.md:16: "file" must'),
        ("mini/en/01-one.md", "=facilitator", "=all", 'mini/en/01-one.md:35: "audience" must be'),
        (
            "mini/ur/01-one.md",
            "{#limit}",
            "{#x}",
            "mini/ur/01-one.md:18: the English lesson has no",
        ),
        ("mini/ur/01-one.md", "{#story}", "{#story minutes=5}", 'mini/ur/01-one.md:22: "minutes"'),
        (
            "mini/en/01-one.questions.toml",
            '"single"',
            '"one"',
            "mini/en/01-one.questions.toml:1: k",
        ),
        ("mini/ur/01-one.questions.toml", 'key="a"', 'key="a", correct=true', URDU_QUESTIONS),
        ("mini/ur/01-one.questions.toml", "mi-one", "mi-uno", "mini/ur/01-one.questions.toml:1: t"),
    ],
)
def test_what_does_not_fit_is_named_with_file_and_line(root, file, old, new, said):
    change(root, file, old, new)

    errors = read_library(root, LANGUAGES).errors

    assert any(str(error).startswith(said) for error in errors), [str(e) for e in errors]


def test_a_question_key_stands_once_in_a_course(root):
    change(root, "mini/en/02-two.questions.toml", "[mi-two]", "[mi-one]")

    (error, *_) = read_library(root, LANGUAGES).errors

    assert str(error) == (
        'mini/en/02-two.questions.toml:1: "question/mi-one@en" stands already at'
        " mini/en/01-one.questions.toml:1."
    )


def test_a_course_that_is_not_there(root):
    with pytest.raises(LibraryErrors, match=r"maxi/course.toml:1: there is no such course\."):
        read_library(root, LANGUAGES, ["maxi"])


def test_no_block_of_the_format_lacks_its_place_in_a_lesson():
    assert set(LessonBody.base_blocks) - set(BLOCKS) == {"media", "download"}
