"""`tests.toml`: settings, blueprints and pools; read, loaded, dumped and checked."""

import datetime as dt

import pytest

from modules.loading.checking import broken, problems
from modules.loading.dumping import dump_library
from modules.loading.library import read_library
from modules.loading.loading import load_library
from modules.papers import contents
from modules.papers import models as papers
from tests.modules.loading.mini import FILES, change, write_mini

FILE = "mini/tests.toml"
# One question of a test and one of practice for each of the two pools.
SETTINGS = """
[[test]]
purpose = "pre"
attempts = 1
wait_days = 0
counts = "mean"
feedback_when = "closed"
opens_at = "2027-01-31T03:00:00+00:00"
closes_at = "2027-02-28T18:59:00+00:00"
by_cohort = true
negative_marking = true
second_marker = 20
drawing = "fixed"
form = "A"
blueprint = "main"

[[test]]
purpose = "practice"
minutes = 5
attempts = 99
wait_days = 0
counts = "best"
feedback_when = "at_once"
drawing = "pool"
blueprint = "practice"

[[test]]
purpose = "retention"
attempts = 1
wait_days = 0
counts = "first"
feedback_when = "total"
negative_marking = true
waves = [
  4,
  12,
]
tolerance_days = 20

[[blueprint]]
key = "main"
cells = [
  {outcome="MI1", level="understand", count=1},
]
forms = [
  "A",
  "B",
]

[[blueprint]]
key = "practice"
cells = [
  {outcome="MI1", level="apply", count=1},
  {outcome="MI1", level="understand", count=1},
]
pool = [
  "mi-one",
  "mi-two",
]
anchors = [
  "mi-two",
]
"""


@pytest.fixture
def root(tmp_path):
    """The mini library with a post-test that subtracts too, and everything that can be set."""
    root = write_mini(tmp_path / "library")
    post = FILES[FILE].replace('"closed"\n', '"closed"\nnegative_marking = true\n')
    head, forms = post.split("\n[forms]")
    (root / FILE).write_text(f"{head}{SETTINGS}\n[forms]{forms}")
    return root


def said(root, check=broken):
    return [str(error) for error in check(read_library(root, ["en", "ur"]))]


def test_everything_that_can_be_set_is_loaded(db, root):
    load_library(root)

    pre = papers.Test.objects.get(course_code="mini", purpose="pre")
    assert (pre.minutes, pre.counts, pre.feedback_when) == (None, "mean", "closed")
    assert pre.opens_at == dt.datetime(2027, 1, 31, 3, tzinfo=dt.UTC)
    assert (pre.by_cohort, pre.negative_marking, pre.second_marker) == (True, True, 20)
    assert (pre.drawing, pre.fixed_form.label, pre.blueprint.key) == ("fixed", "A", "main")
    later = papers.Test.objects.get(course_code="mini", purpose="retention")
    assert (later.waves, later.months, later.tolerance_days) == ([4, 12], (4, 12), 20)
    practice = contents.Blueprint.objects.get(key="practice")
    assert [(one.question_key, one.is_anchor) for one in practice.pool.all()] == [
        ("mi-one", False), ("mi-two", True),
    ]  # fmt: skip
    assert [(c.outcome, c.level, c.count) for c in practice.cells.all()] == [
        ("MI1", "apply", 1), ("MI1", "understand", 1),
    ]  # fmt: skip
    assert set(contents.Form.objects.values_list("label", "blueprint__key")) == {
        ("A", "main"), ("B", "main"),
    }  # fmt: skip


def test_it_is_dumped_as_it_was_loaded_and_nothing_changes_again(db, root, tmp_path):
    load_library(root)
    dump_library("mini", tmp_path / "dump")

    assert (tmp_path / "dump" / FILE).read_text() == (root / FILE).read_text()
    counts = load_library(root).counts
    assert {title: set(counts[title]) for title in ("Tests", "Forms of tests", "Blueprints")} == {
        "Tests": {"unchanged"}, "Forms of tests": {"unchanged"}, "Blueprints": {"unchanged"},
    }  # fmt: skip


def test_what_was_edited_in_the_admin_is_left_alone(db, root):
    load_library(root)
    contents.BlueprintCell.objects.filter(level="apply").delete()
    papers.Test.objects.filter(purpose="pre").update(by_cohort=False)
    change(root, FILE, 'counts = "mean"', 'counts = "last"')
    change(root, FILE, '  {outcome="MI1", level="apply", count=1},\n', "")
    change(root, FILE, '  "mi-one",\n  "mi-two",\n]\nanchors', '  "mi-one",\n]\nanchors')
    change(root, FILE, 'anchors = [\n  "mi-two",\n]', "anchors = []")

    lines = load_library(root).lines

    assert [line for line in lines if line.startswith("conflict")] == [
        "conflict: blueprint/mini/practice (mini/tests.toml) was changed in the admin; left alone",
        "conflict: test/mini/pre (mini/tests.toml) was changed in the admin; left alone",
    ]


def test_settings_can_be_taken_back(db, root):
    load_library(root)
    (root / FILE).write_text(FILES[FILE].replace('"post"', '"pre"'))

    load_library(root)

    pre = papers.Test.objects.get(course_code="mini", purpose="pre")
    assert (pre.drawing, pre.fixed_form, pre.blueprint, pre.opens_at) == ("forms", None, None, None)
    assert (pre.negative_marking, pre.second_marker) == (False, 0)


def test_another_zone_is_the_same_moment(db, root):
    load_library(root)
    change(root, FILE, "2027-01-31T03:00:00+00:00", "2027-01-31T08:00+05:00")

    assert set(load_library(root).counts["Tests"]) == {"unchanged"}


def test_a_whole_library_with_all_of_it_has_nothing_wrong(root):
    assert said(root, problems) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('counts = "mean"', 'counts = "median"', ':10: test "pre": "counts" is "median"'),
        ("minutes = 5", "minutes = 0", '"minutes" must be 1 or more; leave it out for no limit.'),
        ("attempts = 99", "attempts = 0", '"attempts" must be 1 or more'),
        ('"closed"\nopens', '"handed_in"\nopens', "a pre-test may not tell when it is handed in."),
        ('"closed"\nopens', '"at_once"\nopens', "only a practice test tells at once."),
        ("2027-02-28", "2027-01-28", '"closes_at" must be after "opens_at".'),
        ("2027-02-28T18:59:00+00:00", "soon", '"closes_at" must be a moment with its zone'),
        ("18:59:00+00:00", "18:59", '"closes_at" must be a moment with its zone'),
        ('"closed"\nnegative_marking = true', '"closed"', 'test "post": "negative_marking" must'),
        ("second_marker = 20", "second_marker = 101", '"second_marker" is a percentage'),
        ('"at_once"\ndrawing', '"at_once"\nsecond_marker = 5\ndrawing', "nobody marks practice"),
        ("waves = [\n  4", "waves = [\n  13", '"waves" are whole months from 1 to 60 in rising'),
        ("waves = [\n  4", "waves = [\n  11", '"tolerance_days": two waves would be open on one'),
        ("waves = [\n  4,", 'waves = [\n  "4",', '"waves" must be a list of months, such as'),
        ("tolerance_days = 20", "tolerance_days = 91", '"tolerance_days" is from 0 to 90.'),
        ('1\nwait_days = 0\ncounts = "first"', '2\nwait_days = 0\ncounts = "first"',
         'test "retention": "attempts" must be 1'),
        ('"total"\nnegative', '"handed_in"\nnegative', "the same questions come again."),
        ('"total"\nnegative_marking = true', '"total"', '"negative_marking" must be as in the pre'),
        ("second_marker = 20", "tolerance_days = 20", 'belong to "retention" alone.'),
        ('form = "A"\n', "", 'test "pre": "drawing" is "fixed", and no "form" is named.'),
        ('form = "A"\n', 'form = "C"\n', 'test "pre": there is no form "C".'),
        ('drawing = "fixed"\n', "", '"form" does not belong to a drawing by "forms".'),
        ('blueprint = "practice"', "", 'test "practice": "drawing" is "pool", and no "blueprint"'),
        ('blueprint = "practice"', 'blueprint = "extra"', 'there is no blueprint "extra".'),
        ('"MI1", level="apply"', '"MI9", level="apply"', 'blueprint "practice": the course has no'),
        ('level="apply"', 'level="guess"', 'blueprint "practice": there is no level "guess".'),
        ('level="apply"', 'level="understand"', "the cell MI1 understand stands twice."),
        ('cells = [\n  {outcome="MI1", level="understand", count=1},\n]', "cells = []",
         'blueprint "main": it has no cells.'),
        ('"apply", count=1', '"apply", count=0', '"count" of MI1 apply must be 1 or more.'),
        ('"apply", count=1', '"apply", count="1"', '"count" must be a whole number.'),
        ('"apply", count=1', '"apply", n=1', '"n" does not belong here.'),
        ('  "mi-one",\n  "mi-two"', '  "mi-ten",\n  "mi-two"', 'there is no question "mi-ten".'),
        ('  "mi-one",\n  "mi-two"', '  "mi-two",\n  "mi-two"', '"mi-two" stands twice in the'),
        ('  "mi-one",\n  "mi-two"', '  "mi-two"', "its pool is not enough: 1 missing for MI1"),
        ('"apply", count=1', '"apply", count=3', "its pool is not enough: 2 missing for MI1 apply"),
        ('anchors = [\n  "mi-two"', 'anchors = [\n  "mi-a1"', 'the anchor "mi-a1" is not in the'),
        ('forms = [\n  "A"', 'forms = [\n  "C"', 'blueprint "main": there is no form "C".'),
        ('pool = [\n  "mi-one",', 'pool = "mi-one"\nx = [', '"x" does not belong here.'),
        ('  "mi-one",\n  "mi-two"', '  "mi-a1",\n  "mi-two"', "gives away what tests ask: mi-a1"),
        ('purpose = "practice"', 'purpose = "trial"', 'test "trial": "purpose" is "trial"'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(root, old, new, message):
    change(root, FILE, old, new)

    library = read_library(root, ["en", "ur"])
    errors = [str(error) for error in [*library.errors, *broken(library)]]

    assert any(error.startswith(FILE) and message in error for error in errors), errors


def test_a_pool_of_a_real_test_asks_questions_of_tests(root):
    change(root, FILE, 'purpose = "post"\nminutes = 25',
           'purpose = "post"\nminutes = 25\ndrawing = "pool"\nblueprint = "practice"')  # fmt: skip

    assert [error.split(": ", 2)[2] for error in said(root) if "not for tests" in error] == [
        '"mi-one" is not for tests.', '"mi-two" is not for tests.',
    ]  # fmt: skip


def test_forms_ask_as_their_blueprint_says(root):
    change(root, FILE, '{outcome="MI1", level="understand", count=1},\n]\nforms',
           '{outcome="MI1", level="apply", count=2},\n]\nforms')  # fmt: skip

    assert [error.split(": ", 2)[2] for error in said(root, problems)] == [
        "form A asks 0 of MI1 apply, not 2.", "form A asks 1 of MI1 understand, not 0.",
        "form B asks 0 of MI1 apply, not 2.", "form B asks 1 of MI1 understand, not 0.",
    ]  # fmt: skip


def test_a_question_of_no_cell_is_named(root):
    change(root, FILE, '  {outcome="MI1", level="apply", count=1},\n', "")
    change(root, FILE, 'anchors = [\n  "mi-two",\n]', "anchors = []")

    assert [error.split(": ", 2)[2] for error in said(root, problems)] == [
        '"mi-two" is drawn by no cell: MI1 apply.'
    ]


def test_a_set_is_in_a_pool_as_a_whole(root):
    for file in ("01-one", "02-two"):
        path = root / f"mini/en/{file}.questions.toml"
        kind = 'set = "office"\ncase = "An office."\nstem = '
        path.write_text(path.read_text().replace("stem = ", kind).replace(
            '"single"', '"scenario"'))  # fmt: skip
    change(root, FILE, '  "mi-one",\n  "mi-two"', '  "mi-one"')

    assert any('"mi-two" of the set "office" is not in' in e for e in said(root, problems))


def test_a_retired_question_is_in_no_pool(root):
    change(
        root,
        "mini/en/02-two.questions.toml",
        'use = "practice"',
        'use = "practice"\nretired = true',
    )

    assert any('"mi-two" is retired' in error for error in said(root))


def test_a_question_in_a_pool_alone_is_used(root):
    change(root, "mini/en/02-two.md", '\n::: question {#q-two use="mi-two"}\n:::\n', "")

    assert not any("never used" in error for error in said(root, problems))
