"""A study of which nearly every test of this room needs one; made once for each module."""

import pytest

from learning.standards.estimating import record_estimates
from learning.standards.models import Study
from learning.standards.studying import add_judges, begin_study
from tests.cast import Cast, sign_in
from tests.learning.reporting.sitting_forms import make_forms
from tests.learning.standards.making import PAGES


@pytest.fixture(scope="module")
def whole(made_once) -> Cast:
    """Two judges of a study of seven questions; one has estimated all of the first round."""
    cast = Cast()
    _page, version = make_forms()
    study = begin_study(version, ["A", "B"], "Lahore, March", cast.system_admin)
    add_judges(study, ["A. K.", "B. N."])
    first = study.judges.first()
    asked = {(first.pk, position): 60 for position in range(1, 8)}
    record_estimates(study, 1, asked, cast.system_admin)
    return cast


@pytest.fixture
def cast(db, whole) -> Cast:
    found = Cast()
    vars(found).update(vars(whole))
    return found


@pytest.fixture
def study(cast) -> Study:
    return Study.objects.select_related("course_version__course").get()


@pytest.fixture
def home(client, cast, study):
    sign_in(client, cast.system_admin)
    return f"{PAGES}{study.uuid}/"
