"""A study from its beginning to a pass mark, and what it never touches."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learning.cascade.printing import page_of
from learning.certificates.awarding import rule_in_force
from learning.certificates.models import AwardRule
from learning.imports.reading import read_table
from learning.people.facts import Fact
from learning.privacy.erasing import erase_person
from learning.privacy.exporting import export_person
from learning.standards.bordering import border_of
from learning.standards.deciding import use_cut
from learning.standards.errors import CannotStudy
from learning.standards.estimating import estimates_of, record_estimates
from learning.standards.models import CutDecision, Estimate, Study
from learning.standards.papers import judges_pdf
from learning.standards.sheets import read_grid, read_percent
from learning.standards.showing import shown_of
from learning.standards.studying import add_judges, begin_study, panel_of, remove_judge
from modules.courses.models import CourseVersion
from modules.questions.models import QuestionVersion
from tests.cast import Cast, sign_in
from tests.learning.reporting.making import make_cohort
from tests.learning.reporting.reading import in_csv, on_page
from tests.learning.reporting.sitting_forms import make_forms, sit_form

pytestmark = pytest.mark.django_db

PAGES = "/reports/standards/"
QUERIES = 10  # of the page of a study


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


def judges_of(study):
    return list(study.judges.filter(left_at=None))


def estimate(study, cast, percent, round_=2):
    asked = {(j.pk, p): percent for j in judges_of(study) for p in range(1, 8)}
    return record_estimates(study, round_, asked, cast.system_admin)


def test_a_study_begins_with_the_questions_of_both_forms_once(client, cast, study):
    sign_in(client, cast.system_admin)
    version = CourseVersion.objects.get(number="1.0")
    posted = {"version": version.pk, "labels": ["A", "B"], "name": "Quetta"}
    answer = client.post(f"{PAGES}begin/", posted)
    made = Study.objects.get(name="Quetta")

    assert answer.headers["Location"] == f"{PAGES}{made.uuid}/"
    assert len(made.paper["items"]) == 7
    assert made.forms == {"A": [1, 2, 3, 4, 5, 6], "B": [1, 2, 3, 4, 5, 7]}


def test_a_study_without_forms_is_refused_in_words(client, cast, study):
    sign_in(client, cast.system_admin)
    answer = client.post(f"{PAGES}begin/", {"name": "None"})

    assert answer.status_code == 400
    assert "No study was begun." in answer.content.decode()


def test_judges_are_added_once_and_come_back(client, study, home, cast):
    client.post(f"{home}judges/", {"names": "B. N.\n\n C.  L. \nC. L."})
    gone = study.judges.get(name="A. K.")
    client.post(f"{home}judges/{gone.pk}/remove/")

    assert [judge.name for judge in judges_of(study)] == ["B. N.", "C. L."]
    assert estimates_of(study, 1) == {}
    add_judges(study, ["A. K."])
    assert len(estimates_of(study, 1)) == 7


def test_a_judge_with_an_account_finds_her_estimates_and_leaves_a_number(client, cast, study, home):
    person = cast.trainer.person
    client.post(f"{home}judges/", {"names": f"A.  K. = {cast.trainer.username} "})
    page = client.get(home).content.decode()
    found = export_person(person)
    erase_person(person)
    judge = study.judges.order_by("pk").first()

    assert person.name() in page
    assert [row["name"] for row in found["learning.Judge"]] == ["A. K."]
    assert [row["percent"] for row in found["learning.Estimate"]] == [60] * 7
    assert (judge.name, judge.person) == (f"#{judge.pk}", None)
    assert len(estimates_of(study, 1)) == 7


def test_a_link_is_taken_off_again_and_the_name_stays(client, cast, study, home):
    add_judges(study, ["A. K."], {"A. K.": cast.trainer.person})
    client.post(f"{home}judges/", {"names": "B. N."})
    assert study.judges.get(name="A. K.").person == cast.trainer.person

    client.post(f"{home}judges/", {"names": "A. K. ="})
    assert study.judges.get(name="A. K.").person is None


def test_an_account_that_there_is_not_adds_nobody(client, study, home):
    answer = client.post(f"{home}judges/", {"names": "C. L.\nD. R. = nobody@example.org"})

    assert answer.status_code == 400
    assert "Nobody here has the username or e-mail address" in answer.content.decode()
    assert len(judges_of(study)) == 2


def test_a_panel_has_its_limit(client, study, home):
    answer = client.post(f"{home}judges/", {"names": "\n".join(map(str, range(30)))})

    assert answer.status_code == 400
    assert "A panel has at most 20 judges." in answer.content.decode()


def test_estimates_are_typed_and_corrected_as_facts(client, study, home):
    judge = study.judges.get(name="B. N.")
    address = f"{home}judges/{judge.pk}/round-2/"
    client.post(address, {"q1": "۷۰", "q2": "55 %", "q3": ""})
    client.post(address, {"q1": "75", "q2": "55", "q3": ""})

    assert estimates_of(study, 2) == {(judge.pk, 1): 75, (judge.pk, 2): 55}
    assert Estimate.objects.filter(judge=judge, position=1).count() == 2
    assert Estimate.objects.filter(judge=judge, position=2).count() == 1
    client.post(address, {"q1": "", "q2": "55"})
    assert estimates_of(study, 2) == {(judge.pk, 2): 55}


@pytest.mark.parametrize("typed", ["101", "-1", "50.5", "many", "5 km"])
def test_what_is_no_estimate_is_refused_and_nothing_saved(client, study, home, typed):
    judge = study.judges.get(name="B. N.")
    answer = client.post(f"{home}judges/{judge.pk}/round-1/", {"q1": typed, "q2": "40"})

    assert answer.status_code == 400
    assert "Write a whole number from 0 to 100." in answer.content.decode()
    assert not judge.estimates.exists()


def test_the_page_shows_cut_judges_and_questions(client, cast, study, home):
    estimate(study, cast, 70)
    html = client.get(home).content.decode()

    assert on_page(html, 0) == [
        ["First round, each judge alone", 1, "60.0", "", "60.0", "60.0", 60, 7],
        ["Second round, after the discussion", 2, "70.0", "0.0", "70.0", "70.0", 70, 0],
    ]
    assert on_page(html, 1)[0] == ["A. K.", "60.0", "0.0", 7, "70.0", "0.0", 7]
    assert len(on_page(html, 2)) == 7
    assert "Between the rounds 7 of 7 estimates changed, by 10.0 points on average." in html


def test_the_file_equals_the_page(client, home):
    html = client.get(home).content.decode()
    content = client.get(f"{home}?file=csv").content

    assert [in_csv(content, place) for place in range(3)] == [
        on_page(html, place) for place in range(3)
    ]


def test_queries_do_not_grow_with_judges(client, cast, study, home, django_assert_num_queries):
    add_judges(study, [f"J{n}" for n in range(12)])
    client.get(home)
    with django_assert_num_queries(QUERIES):
        client.get(home)


# --- the list ------------------------------------------------------------------------------------


def upload(client, home, content, round_=1):
    file = SimpleUploadedFile("list.csv", content)
    return client.post(f"{home}upload/", {"round": round_, "file": file})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_that_is_downloaded_changes_nothing(client, home, kind):
    content = client.get(f"{home}list/?round=1&file={kind}").content
    answer = upload(client, home, content).content.decode()

    assert "The list changes nothing" in answer
    assert "Passed over" not in answer


def test_a_list_is_tried_before_anything_is_stored(client, study, home):
    one, two = judges_of(study)
    list_ = "No.,Question,B. N.,Z. Z.\n1,x,80,9\n2,x,۶۵,\n3,x,full,\n99,x,50,\n,,,\nReport,x,5\n"
    html = upload(client, home, list_.encode()).content.decode()

    assert estimates_of(study, 1) == {(one.pk, position): 60 for position in range(1, 8)}
    for remark in (
        "“Z. Z.” is no judge of this panel; the column is passed over.",
        "Row 4, B. N.: write a whole number from 0 to 100.",
        "Row 5: there is no such question.",
    ):
        assert remark in html
    assert on_page(html) == [["B. N.", 1, "–", 80], ["B. N.", 2, "–", 65]]
    tried = re.search(r'name="tried" value="([^"]+)"', html)[1]
    for _time in range(2):  # sent twice, stored once
        client.post(f"{home}take-over/", {"tried": tried})

    assert estimates_of(study, 1) | {} == {
        **{(one.pk, position): 60 for position in range(1, 8)},
        (two.pk, 1): 80,
        (two.pk, 2): 65,
    }
    assert two.estimates.count() == 2
    assert {fact.captured_via for fact in two.estimates.all()} == {Fact.Via.IMPORT}


def test_a_list_without_judges_or_of_another_kind_is_refused(client, study, home):
    nobody = upload(client, home, b"No.,Question\n1,x\n")
    picture = upload(client, home, b"\x89PNG....")

    assert "No column has the name of a judge" in nobody.content.decode()
    assert (nobody.status_code, picture.status_code) == (400, 400)


def test_what_was_tried_for_one_study_is_not_taken_over_by_another(client, cast, study, home):
    other = begin_study(study.course_version, ["A"], "Other", cast.system_admin)
    html = upload(client, home, b"No.,Question,B. N.\n1,x,80\n").content.decode()
    tried = re.search(r'name="tried" value="([^"]+)"', html)[1]
    client.post(f"{PAGES}{other.uuid}/take-over/", {"tried": tried})
    client.post(f"{home}take-over/", {"tried": tried + "x"})

    assert Estimate.objects.count() == 7


@pytest.mark.parametrize(
    ("cell", "percent"),
    [("", None), (" 65 % ", 65), ("۶۵", 65), ("៦៥", 65), ("0", 0), ("100", 100), ("65.0", 65)],
)
def test_cells_are_read_in_any_script(cell, percent):
    assert read_percent(cell) == percent


def test_a_judge_whose_name_begins_like_a_formula_finds_her_column(study, client, home):
    add_judges(study, ["=A1"])
    content = client.get(f"{home}list/?round=1&file=csv").content
    rows = read_table(content).rows
    rows[1] = [*rows[1][:2], "", "", "44"]
    grid = read_grid(rows, judges_of(study), panel_of(study))

    assert grid.asked[study.judges.get(name="=A1").pk, 1] == 44
    assert grid.remarks == []


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


# --- the sheet -----------------------------------------------------------------------------------


def test_the_sheet_has_questions_keys_and_boxes(monkeypatch, study):
    monkeypatch.setattr("learning.standards.papers.pdf_of", page_of)
    words = judges_pdf(study, panel_of(study), "A. K.", "en")

    assert "A. K." in words
    assert words.count('class="box"') == 2 * 7
    assert words.count('<td class="answer"><b>B</b></td>') == 7
    assert "With the right answers: collect it again after the meeting" in words
    assert "Right answer" in words


def test_an_edit_after_the_beginning_changes_no_study(study):
    before = [question.item.n for question in panel_of(study).questions]
    version = QuestionVersion.objects.get(key="fo-1", n=1)
    content = version.content | {"max": "5"}
    QuestionVersion.objects.create(
        key="fo-1", n=2, content=content, structure_sha="2" * 64, sha="3" * 64
    )

    assert [question.item.n for question in panel_of(study).questions] == before
    assert panel_of(study).full_marks[0] == 1


@pytest.mark.parametrize("who", ["programme_admin", "author", "viewer", "trainer"])
def test_others_are_refused(client, cast, study, who):
    sign_in(client, getattr(cast, who))

    assert client.get(PAGES).status_code == 403
    assert client.get(f"{PAGES}{study.uuid}/sheet/").status_code == 403
