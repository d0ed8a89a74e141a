"""The first load of a library: what it makes, and that an error makes nothing."""

import pytest
from wagtail.models import Locale

from modules.courses.models import Course, CourseVersion
from modules.loading.dumping import dump_library
from modules.loading.errors import LibraryErrors
from modules.loading.loading import load_library
from modules.loading.models import Loaded
from modules.questions.freezing import live_definitions
from modules.questions.models import Question
from modules.reference.models import GlossaryTerm
from tests.modules.loading.mini import change

pytestmark = pytest.mark.django_db

ONE = "mini/en/01-one.md"


def about_mini(report):
    return [line for line in report.lines if "mini" in line or "mi-" in line]


def test_a_row_that_the_admin_made_under_the_same_key_is_left_alone(db, root):
    GlossaryTerm.objects.create(
        key="mini term", term="mine", locale=Locale.objects.get(language_code="en")
    )

    report = load_library(root)

    assert "conflict: term/mini term@en (terms.toml) was changed in the admin; left alone" in (
        report.lines
    )
    assert GlossaryTerm.objects.get(key="mini term", locale__language_code="en").term == "mine"


def test_a_translation_needs_its_english(db, root):
    with pytest.raises(LibraryErrors, match=r"terms\.toml:1: load the English texts first"):
        load_library(root, ["mini"], "ur")

    assert not Loaded.objects.filter(file__startswith="mini/").exists()


def test_an_error_changes_nothing(db, root):
    change(root, ONE, 'use="mi-one"', 'use="mi-none"')
    change(root, "mini/tests.toml", "mi-b1", "mi-b2")

    with pytest.raises(LibraryErrors) as error:
        load_library(root)

    assert str(error.value) == (
        f'{ONE}:32: there is no question "mi-none".\n'
        'mini/tests.toml:9: form B, position 1: there is no question "mi-b2".'
    )
    assert not Course.objects.filter(code="mini").exists()


def test_what_the_database_refuses_changes_nothing(db, root):
    change(root, "legal.toml", "2024-02", "2024-13")
    change(root, "mini/en/course.toml", "Explain little.", "Explain " * 50)

    with pytest.raises(LibraryErrors) as error:
        load_library(root)

    first, second = str(error.value).split("\n")
    assert first == "legal.toml:1: valid_from: Write a date as 2022, 2022-06 or 2022-06-15."
    assert second.startswith("mini/en/course.toml:8: title: Ensure this value has at most 300")
    assert not Course.objects.filter(code="mini").exists()


def mark_otherwise(root, lines):
    change(root, "mini/en/01-one.questions.toml", 'stem = "One?"', f'{lines}\nstem = "One?"')


def test_marking_that_is_not_usual_is_loaded_and_dumped(db, root, tmp_path):
    mark_otherwise(root, 'method = "penalised"\nfull_mark = "2"')

    load_library(root)

    assert live_definitions(["mi-one"])["mi-one"]["method"] == "penalised"
    assert live_definitions(["mi-one"])["mi-one"]["max"] == "2"
    dump_library("mini", tmp_path / "dump")
    name = "mini/en/01-one.questions.toml"
    assert (tmp_path / "dump" / name).read_text() == (root / name).read_text()


def test_usual_marking_that_a_file_writes_out_is_loaded(db, root):
    mark_otherwise(root, 'method = "right_or_wrong"\nfull_mark = "1"')

    load_library(root)

    assert set(about_mini(load_library(root))) == set()


def test_an_unknown_method_of_marking_is_refused_by_name(db, root):
    mark_otherwise(root, 'method = "by_luck"')

    with pytest.raises(LibraryErrors) as error:
        load_library(root)

    assert str(error.value).split("\n")[0] == (
        "mini/en/01-one.questions.toml:1: mi-one: "
        'method: "by_luck" is not one of right_or_wrong, penalised.'
    )
    assert not Question.objects.filter(key="mi-one").exists()


def test_an_announced_course_has_no_version(db, root):
    change(root, "mini/course.toml", '"open"', '"announced"')

    load_library(root)

    assert not CourseVersion.objects.filter(course__code="mini").exists()
