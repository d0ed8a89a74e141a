"""What a programme sets for itself, and the fields in which an administrator sets it."""

from fractions import Fraction

import pytest

from learning.people.admin_forms import ProgrammeForm
from learning.people.models import Programme
from learning.people.programme_settings import (
    double_entry,
    min_attendance,
    min_training_hours,
    most_differing,
)

pytestmark = pytest.mark.django_db


def form(cast, programme=None, **changes) -> ProgrammeForm:
    data = {
        "name_en": "Programme",
        "code": "programme",
        "area": cast.pakistan.pk,
        "min_training_hours": "6",
        "min_attendance": "80",
        "double_entry": "10",
        "most_differing": "2",
    }
    return ProgrammeForm(data | changes, instance=programme)


def test_defaults_hold_where_nothing_is_set():
    programme = Programme(settings={})

    assert (min_training_hours(programme), min_attendance(programme)) == (6, 80)
    assert (double_entry(programme), most_differing(programme)) == (10, 2)


def test_settings_are_saved_as_plain_numbers(cast):
    filled = form(
        cast, min_training_hours="3.5", min_attendance="75", double_entry="0", most_differing="1.5"
    )

    assert filled.is_valid(), filled.errors
    programme = filled.save()
    programme.refresh_from_db()
    assert programme.settings == {
        "min_training_hours": 3.5,
        "min_attendance": 75,
        "double_entry": 0,
        "most_differing": 1.5,
    }
    assert (double_entry(programme), most_differing(programme)) == (0, Fraction(3, 2))
    assert min_training_hours(programme) == Fraction(7, 2)
    assert min_attendance(programme) == 75


def test_form_shows_what_is_set_or_the_default(cast):
    cast.programme.settings = {"min_training_hours": 3}
    shown = ProgrammeForm(instance=cast.programme)

    assert shown["min_training_hours"].value() == 3
    assert shown["min_attendance"].value() == 80
    assert "settings" not in shown.fields


def test_what_else_the_settings_hold_is_kept(cast):
    cast.programme.settings = {"targets": {"PK-PB": 20}, "min_attendance": 90}
    form(cast, cast.programme, min_training_hours="6.0").save()

    cast.programme.refresh_from_db()
    assert cast.programme.settings == {
        "targets": {"PK-PB": 20},
        "min_attendance": 80,
        "min_training_hours": 6,
        "double_entry": 10,
        "most_differing": 2,
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"min_training_hours": "0"}, "min_training_hours"),
        ({"min_training_hours": "6.25"}, "min_training_hours"),
        ({"min_training_hours": ""}, "min_training_hours"),
        ({"min_training_hours": "NaN"}, "min_training_hours"),
        ({"min_training_hours": "1000"}, "min_training_hours"),
        ({"min_attendance": "101"}, "min_attendance"),
        ({"min_attendance": "0"}, "min_attendance"),
        ({"min_attendance": "79.5"}, "min_attendance"),
        ({"double_entry": "101"}, "double_entry"),
        ({"most_differing": "-1"}, "most_differing"),
    ],
)
def test_setting_that_makes_no_sense_is_refused(cast, changes, field):
    assert list(form(cast, **changes).errors) == [field]
