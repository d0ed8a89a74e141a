"""Estimates in a list: downloaded, tried, taken over once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from learning.imports.reading import read_table
from learning.people.facts import Fact
from learning.standards.estimating import estimates_of
from learning.standards.models import Estimate
from learning.standards.sheets import read_grid, read_percent
from learning.standards.studying import add_judges, begin_study, panel_of
from tests.learning.reporting.reading import on_page
from tests.learning.standards.making import PAGES, judges_of

pytestmark = pytest.mark.django_db


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
