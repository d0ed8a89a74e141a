"""`coursework.toml`: read, loaded, dumped, checked, and kept in the manifest of a version."""

import pytest

from modules.courses.models import Course
from modules.coursework.asking import titles_now
from modules.coursework.models import Assignment
from modules.loading.checking import broken, problems
from modules.loading.dumping import dump_library
from modules.loading.library import read_library
from modules.loading.loading import load_library
from tests.modules.loading.mini import change, write_mini

FILE = "mini/coursework.toml"
QUESTIONS = "mini/en/tests.questions.toml"
COURSEWORK = """[[assignment]]
key = "note"
question = "mi-note"
file_types = [
  "pdf",
  "jpg",
]
reviews = 2
"""
TASK = """
[mi-note]
kind = "essay"
outcome = "MI1"
level = "understand"
use = "test"
title = "A note"
stem = "Write about one. Then stop."
example = "One is one."
criteria = [
  {key="c", text="Clear", example="1", why="It is.", levels=LEVELS},
]
feedback = "One is one. (own)"
""".replace("LEVELS", '[{points="0", text="No"}, {points="1", text="Yes"}]')


@pytest.fixture
def root(tmp_path):
    root = write_mini(tmp_path / "library")
    (root / FILE).write_text(COURSEWORK)
    (root / QUESTIONS).write_text((root / QUESTIONS).read_text() + TASK)
    return root


def said(root, check=broken):
    return [str(error) for error in check(read_library(root, ["en", "ur"]))]


def test_it_is_loaded_kept_in_the_version_and_dumped_as_it_stood(db, root, tmp_path):
    load_library(root)

    assignment = Assignment.objects.get()
    assert (assignment.question_key, assignment.file_types) == ("mi-note", ["pdf", "jpg"])
    assert (assignment.reviews, assignment.most_mb, assignment.days_to_review) == (2, 5, 7)
    assert titles_now([assignment], "ur") == {"mi-note": "A note"}
    manifest = Course.objects.get(code="mini").versions.get().manifest
    assert manifest["coursework"] == {
        "note": {
            "question_key": "mi-note", "handed_in_as": "either", "file_types": ["pdf", "jpg"],
            "most_mb": 5, "reviews": 2, "days_to_review": 7,
        }
    }  # fmt: skip
    assert manifest["questions"]["mi-note"] == 1
    dump_library("mini", tmp_path / "dump")
    for name in (FILE, QUESTIONS):
        assert (tmp_path / "dump" / name).read_text() == (root / name).read_text()
    assert set(load_library(root).counts["Coursework"]) == {"unchanged"}


def test_a_library_with_coursework_has_nothing_wrong(root):
    assert said(root, problems) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (FILE, "mi-note", "mi-none", 'coursework "note": there is no question "mi-none".'),
        (FILE, "mi-note", "mi-a1", '"mi-a1" must be an essay for tests.'),
        (FILE, "reviews = 2", "reviews = 6", '"reviews" must be from 0 to 5.'),
        (FILE, "reviews = 2", "most_mb = 21", '"most_mb" must be from 1 to 20.'),
        (FILE, '"jpg"', '"exe"', '"file_types" may name each of'),
        (FILE, '"jpg"', '"pdf"', '"file_types" may name each of'),
        (FILE, "reviews = 2", 'handed_in_as = "post"', '"handed_in_as" must be one of'),
        (FILE, '  "pdf",\n  "jpg",\n', "", '"file_types" must name at least one type.'),
        (QUESTIONS, 'title = "A note"', "retired = true", '"mi-note" is retired.'),
        (QUESTIONS, 'example="1"', 'example="2"', "must be the points of one of its levels"),
        (QUESTIONS, ', why="It is."', "", 'its points and "why" belong together'),
    ],
)
def test_what_cannot_be_handed_in_is_named(root, file, old, new, message):
    change(root, file, old, new)

    assert message in " ".join(said(root))


def test_reviewers_need_an_example(root):
    text = (root / QUESTIONS).read_text().replace('example = "One is one."\n', "")
    (root / QUESTIONS).write_text(text.replace(' example="1", why="It is.",', ""))

    assert said(root) == []
    assert any("no example that reviewers rate first" in one for one in said(root, problems))
