"""A course of one lesson, and what a worker would make of its editions."""

import pytest

from modules.courses.models import Course
from modules.editions import producing
from modules.editions.producing import Produced
from tests.modules.editions.making import DATA, make_small_course


@pytest.fixture(autouse=True)
def _own_storage(settings):
    """Files of one test must not be there in the next."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture
def course_page(db):
    return make_small_course()


@pytest.fixture
def course(course_page) -> Course:
    return course_page.course


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The editions that were made, in the place of books that take a minute each."""
    names: list[str] = []

    def produce(course, edition, lang, suffix, report):
        report("pages", 40)
        names.append(f"{edition}.{lang}.{suffix}")
        return Produced(DATA, 48)

    monkeypatch.setattr(producing, "produce", produce)
    return names
