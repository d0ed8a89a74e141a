"""`manage.py build_editions`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from modules.courses.models import Course
from modules.editions import producing
from modules.editions.models import EditionFile
from modules.printing.errors import RenderingFailed
from tests.modules.editions.making import DATA, built, handbook, make_small_course

pytestmark = pytest.mark.django_db
State = EditionFile.State


@pytest.fixture
def course(small_course) -> Course:
    return small_course.course


def run(*arguments: str, **options) -> list[str]:
    out = StringIO()
    call_command("build_editions", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_makes_what_is_missing_and_says_so_in_lines(course, made):
    built(course)

    lines = run("trial", edition="handbook")

    assert made == ["handbook.en.epub"]
    assert lines == [
        "trial handbook en pdf: there already.",
        "trial handbook en epub: 48 pages, 0.00 MB, 0.0 s.",
    ]


def test_without_arguments_it_makes_everything(course, made):
    make_small_course("second", number=82)
    make_small_course("announced", number=83, status=Course.Status.ANNOUNCED)

    run()

    assert len(made) == 2 * 10  # six editions, four of them also as EPUB
    assert EditionFile.objects.built().count() == 20
    assert EditionFile.objects.filter(bytes=len(DATA)).count() == 20


def test_it_tries_again_what_failed(course, made):
    handbook(course, state=State.FAILED, error="Too large.").save()

    run(edition="handbook", lang="en")

    assert "handbook.en.pdf" in made


def test_what_fails_is_said_and_stops_nothing_else(course, monkeypatch, made):
    working = producing.produce

    def produce(course, edition, *others):
        if edition == "slides":
            raise RenderingFailed("Too large.")
        return working(course, edition, *others)

    monkeypatch.setattr(producing, "produce", produce)
    with pytest.raises(CommandError, match="1 of the files could not be made"):
        run()
    assert len(made) == 9


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (["nothing"], {}, "There is no open course nothing; nothing was made."),
        ([], {"lang": "fr"}, "--lang must be one of en, ur, km, lo, not fr."),
        ([], {"edition": "novel"}, "--edition must be one of orientation-pack, .* not novel."),
    ],
)
def test_bad_input_gets_one_line_and_makes_nothing(course, made, arguments, options, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments, **options)
    assert made == []


def test_old_files_go_when_asked(course, made):
    built(course, sha="a" * 64, days_ago=31)
    built(course)

    assert run(edition="pocket-book", prune=True)[-1] == "Old files: 1 dropped."
