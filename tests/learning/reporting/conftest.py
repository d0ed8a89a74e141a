"""Before and after, as somebody asks for it of the course in which people were tested first."""

import pytest

from learning.attempts.models import Sitting
from tests.cast import sign_in
from tests.learning.reporting.before_after import PAGE


@pytest.fixture
def course(cast) -> str:
    return Sitting.objects.order_by("pk")[0].course_version.course.code


@pytest.fixture
def page_of(client, cast, course):
    def page_of(who: str = "programme_admin", **chosen: str) -> str:
        sign_in(client, getattr(cast, who))
        response = client.get(PAGE, {"course": course} | chosen)
        assert response.status_code == 200
        return response.content.decode()

    return page_of
