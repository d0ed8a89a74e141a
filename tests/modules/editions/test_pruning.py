"""What goes after thirty days, and what stays for ever."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from modules.courses.models import Course, CourseVersion
from modules.editions.models import EditionFile
from modules.editions.pruning import prune
from tests.modules.editions.making import built

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(small_course) -> Course:
    return small_course.course


def test_an_old_file_of_content_never_released_goes_and_its_row_stays(course):
    old = built(course, sha="a" * 64, version="after 1.2", days_ago=31)
    new = built(course)

    assert prune() == 1
    old.refresh_from_db()
    assert (old.state, old.file.name, old.pages) == (EditionFile.State.DROPPED, "", 48)
    assert default_storage.listdir("editions")[1] == [new.file.name.removeprefix("editions/")]


def test_the_newest_stays_however_old(course):
    built(course, days_ago=400)

    assert prune() == 0


def test_thirty_days_are_given(course):
    built(course, sha="a" * 64, days_ago=29)
    built(course)

    assert prune() == 0


def test_what_was_released_stays(course):
    CourseVersion.objects.create(
        course=course, number="1.2", released_at=timezone.now(), manifest={}, sha256="0" * 64
    )
    built(course, sha="a" * 64, version="1.2", days_ago=400)
    built(course, sha="b" * 64, version="1.1", days_ago=300)
    built(course, version="1.3")

    assert prune() == 1
    assert set(EditionFile.objects.built().values_list("version", flat=True)) == {"1.2", "1.3"}


def test_another_language_or_format_is_no_newer_one(course):
    built(course, sha="a" * 64, days_ago=90)
    built(course, suffix="epub")
    built(course, "pocket-book")

    assert prune() == 0
