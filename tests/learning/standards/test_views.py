"""A study from its beginning to its estimates: judges, page, file, sheet."""

import pytest

from learning.cascade.printing import page_of
from learning.privacy.erasing import erase_person
from learning.privacy.exporting import export_person
from learning.standards.estimating import estimates_of
from learning.standards.models import Estimate, Study
from learning.standards.papers import judges_pdf
from learning.standards.studying import add_judges, panel_of
from modules.courses.models import CourseVersion
from modules.questions.models import QuestionVersion
from tests.cast import sign_in
from tests.learning.reporting.reading import in_csv, on_page
from tests.learning.standards.making import PAGES, estimate, judges_of

pytestmark = pytest.mark.django_db

QUERIES = 10  # of the page of a study


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
