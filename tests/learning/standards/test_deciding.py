"""From a cut to a pass mark, what that never touches, and who stands near the border."""

import datetime as dt

import pytest
from django.utils import timezone

from learning.certificates.awarding import rule_in_force
from learning.certificates.models import AwardRule
from learning.standards.bordering import border_of
from learning.standards.deciding import use_cut
from learning.standards.errors import CannotStudy
from learning.standards.models import CutDecision
from learning.standards.showing import shown_of
from learning.standards.studying import remove_judge
from tests.learning.reporting.making import make_cohort
from tests.learning.reporting.reading import in_csv, on_page
from tests.learning.reporting.sitting_forms import sit_form
from tests.learning.standards.making import estimate

pytestmark = pytest.mark.django_db


# --- the decision --------------------------------------------------------------------------------


def test_a_decision_adds_a_rule_and_leaves_what_was(client, cast, study, home):
    version, today = study.course_version, timezone.localdate()
    day = today + dt.timedelta(10)
    AwardRule.objects.create(
        course_version=version, a_min=75, pass_mark=50, gap=20, effective_from=today
    )
    estimate(study, cast, 67)
    html = client.get(f"{home}use/2/").content.decode()
    client.post(f"{home}use/2/", {"effective_from": day.isoformat(), "reason": "The panel agreed"})

    assert "The cut is 67.0 of 100." in html
    assert rule_in_force(version, day - dt.timedelta(1)).pass_mark == 50
    rule = rule_in_force(version, day)
    assert (rule.pass_mark, rule.a_min, rule.gap) == (67, 75, 20)
    made = CutDecision.objects.get()
    assert (made.before, made.pass_mark, made.reason) == (50, 67, "The panel agreed")
    assert made.by == cast.system_admin
    assert "Pass mark 67 instead of 50" in client.get(home).content.decode()


def test_a_gap_is_never_more_than_the_pass_mark(cast, study):
    estimate(study, cast, 5)
    found, day = shown_of(study).rounds[2], timezone.localdate() + dt.timedelta(1)
    made = use_cut(study, 2, found, day, "Low", cast.system_admin)

    assert (made.rule.pass_mark, made.rule.gap) == (5, 5)


@pytest.mark.parametrize("days", [0, -30])
def test_nothing_that_was_earned_is_judged_anew(client, study, home, days):
    day = timezone.localdate() + dt.timedelta(days)
    posted = {"effective_from": day.isoformat(), "reason": "Earlier"}
    answer = client.post(f"{home}use/1/", posted)

    assert answer.status_code == 400
    assert "what is earned is earned" in answer.content.decode()
    assert not AwardRule.objects.exists()


def test_two_rules_never_begin_on_one_day(cast, study):
    found, day = shown_of(study).rounds[1], timezone.localdate() + dt.timedelta(1)
    use_cut(study, 1, found, day, "First", cast.system_admin)
    with pytest.raises(CannotStudy, match="begins on that day"):
        use_cut(study, 1, found, day, "Again", cast.system_admin)

    assert CutDecision.objects.count() == 1


def test_a_round_without_estimates_has_no_cut_to_use(client, home):
    assert client.get(f"{home}use/2/").status_code == 404


def test_a_decision_is_never_edited(cast, study):
    found, day = shown_of(study).rounds[1], timezone.localdate() + dt.timedelta(1)
    made = use_cut(study, 1, found, day, "First", cast.system_admin)
    made.reason = "Another"
    with pytest.raises(ValueError, match="never edited"):
        made.save()


# --- the border ----------------------------------------------------------------------------------


def test_who_stands_within_an_error_of_measurement_is_listed(client, cast, study, home):
    cohort = make_cohort(cast, version=study.course_version)
    sit_form(cohort, "A", [0, 1, 2, 3, 4, 5, 6] * 2, purpose="post")
    found = border_of(study, 60)
    (form_a, form_b) = found.measured
    html = client.get(f"{home}border/").content.decode()

    # A Guttman scale of six: total sd 2.075, alpha 0.857, so the error is 0.79 of 6 marks.
    assert form_a.sem == pytest.approx(13.1, abs=0.1)
    assert form_b.sem is None
    assert {one.share * 6 for one in found.near} == {3, 4}
    assert [row[3] for row in on_page(html)] == [66, 66, 50, 50]
    assert {row[4] for row in on_page(html)} == {"just below", "at or just above"}
    assert in_csv(client.get(f"{home}border/?file=csv").content) == [
        [*row[:2], "2026-03-02", *row[3:]] for row in on_page(html)
    ]


def test_before_any_estimate_there_is_no_border(client, study, home):
    remove_judge(study.judges.get(name="A. K."))

    assert "There is no cut yet" in client.get(f"{home}border/").content.decode()
