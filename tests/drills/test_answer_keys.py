"""R13: no page, file or answer tells what is right before a test is handed in."""

import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from learning.attempts.models import Sitting
from learning.attempts.questions import questions_of
from learning.attempts.taking import start
from modules.papers.asking import OBSERVED, PaperQuestion
from modules.papers.models import Purpose
from modules.questions.kinds import KINDS, kind_of
from modules.questions.models import Question
from tests.cast import sign_in
from tests.drills.canaries import canaries_in, mark_questions, walk
from tests.drills.figures import Figures
from tests.drills.sizes import ON_SQLITE, SIZES
from tests.learning.attempts.sitting import EVERY_KIND, enrol, make_tested_course
from tests.modules.papers.test_drawing import as_posted

pytestmark = [*ON_SQLITE, pytest.mark.usefixtures("search_index")]

COURSE = "tested"
ALL_KINDS = tuple(KINDS)  # those too that a trainer looks at and nobody answers
FILE = "/me/data/file/"
# Not walked through: pages about passwords, and the file that has a test of its own.
ELSEWHERE = ("/accounts/", FILE, *(f"/{lang}/" for lang in {"km", "lo"} - set(SIZES.languages)))
JSON = {"Accept": "application/json"}


@pytest.fixture
def learner(cast, client) -> Client:
    page = make_tested_course(COURSE, kinds=ALL_KINDS, attempts=1)
    assert mark_questions(COURSE) == 2 * len(ALL_KINDS)
    enrol(cast.learner, page)
    return sign_in(client, cast.learner)


@pytest.fixture
def sitting(learner, cast) -> Sitting:
    return start(cast.learner.person.enrolments.get(), Purpose.PRE)


def answerable(sitting: Sitting) -> list[PaperQuestion]:
    return [question for question in questions_of(sitting) if question.kind not in OBSERVED]


def right(question: PaperQuestion) -> Any:
    """A full answer, in the author's names, that repeats nothing the hunt is for."""
    structure = question.definition["structure"]
    if question.kind == "numeric":
        return structure["max"]
    if question.kind == "cloze":
        gaps = enumerate(structure["gaps"], 1)
        return {str(n): gap.get("match") or gap.get("max") or "contribution" for n, gap in gaps}
    return kind_of(question.definition).right(question.definition) or "It helps."


def judged(structure: dict[str, Any], *, rightly: bool) -> dict[str, str]:
    rows = structure["statements"]
    return {row["key"]: "true" if row["correct"] == rightly else "false" for row in rows}


def wrong(question: PaperQuestion) -> Any:
    structure = question.definition["structure"]
    if question.kind == "multiple_truefalse":
        return judged(structure, rightly=False)
    if question.kind not in {"single", "scenario", "hotspot", "multiple", "truefalse"}:
        said = {"numeric": "1", "short": "?", "essay": "?", "cloze": {"2": "1", "3": "?"}}
        return said.get(question.kind) or right(question)
    key = next(row["key"] for row in structure["options"] if not row["correct"])
    return [key] if question.kind == "multiple" else key


def send(client: Client, sitting: Sitting, question: PaperQuestion, response: Any, **headers):
    fields = as_posted(question.kind, question.given(response))
    fields |= {"fact": uuid.uuid4(), "device": uuid.uuid4(), "seq": 1}
    return client.post(f"/tests/{sitting.uuid}/{question.item.position}/", fields, headers=headers)


def leaks(*responses: HttpResponse) -> dict[str, list[str]]:
    found = {str(r.request["PATH_INFO"]): canaries_in(r) for r in responses}
    return {address: words for address, words in found.items() if words}


def walked(client: Client, *starts: str) -> tuple[dict[str, list[str]], int]:
    """What leaks on the pages that links lead to, and how many pages these are."""
    pages = list(walk(client, *starts, without=ELSEWHERE))
    assert all(response.status_code < 500 for _, response in pages)
    return leaks(*(response for _, response in pages)), len(pages)


def test_no_page_tells_while_a_test_runs(learner, sitting):
    figures = Figures("R13", "sqlite")
    at = f"/tests/{sitting.uuid}/"
    starts = ["/", f"/courses/{COURSE}/tests/pre/", at, f"{at}review/", f"{at}hand-in/"]
    starts += [f"/practice/{key}/" for key in Question.objects.values_list("key", flat=True)]
    starts += ["/search/?q=both+families", f"/search/?q={COURSE}"]
    starts += [f"/ur{at}1/", f"/courses/{COURSE}/tests/post/"]

    found, pages = walked(learner, *starts)

    assert found == {}
    assert pages > 40
    assert f"/courses/{COURSE}/" in learner.get(f"/search/?q={COURSE}").content.decode()
    figures.write(pages=pages, canaries=0)


@pytest.mark.parametrize("headers", [JSON, {}], ids=["script", "plain"])
def test_no_reply_to_an_answer_tells(learner, sitting, headers):
    for question in answerable(sitting):
        path = f"/tests/{sitting.uuid}/{question.item.position}/"
        for answer in ("99", "b", "", "x" * 6000):
            sent = {"answer": answer, "step-1": answer, "premise-a": answer, "gap-1": answer}
            assert leaks(learner.post(path, sent, headers=headers)) == {}
        for response in (wrong(question), right(question)):
            reply = send(learner, sitting, question, response, **headers)
            assert reply.status_code == (200 if headers else 302)
            assert leaks(reply) == {}
    assert leaks(learner.get(path), learner.get(f"/tests/{sitting.uuid}/review/")) == {}


def test_file_of_my_data_does_not_tell(learner, sitting):
    for question in answerable(sitting):
        assert send(learner, sitting, question, right(question), **JSON).status_code == 200
    while_it_runs = learner.get(FILE)
    learner.post(f"/tests/{sitting.uuid}/hand-in/")
    afterwards = learner.get(FILE)  # the same questions may come again in the post-test

    assert len(json.loads(while_it_runs.content)["learning.Answer"]) == len(EVERY_KIND)
    assert leaks(while_it_runs) == {}
    assert leaks(afterwards) == {}


def test_result_of_the_pre_test_tells_the_total_alone(learner, sitting):
    for question in answerable(sitting):
        send(learner, sitting, question, wrong(question), **JSON)
    result = learner.post(f"/tests/{sitting.uuid}/hand-in/", follow=True)

    assert result.redirect_chain[-1][0] == f"/tests/{sitting.uuid}/result/"
    assert leaks(result) == {}
    assert walked(learner, "/me/", f"/courses/{COURSE}/")[0] == {}


def test_control_what_is_marked_is_found_once_it_may_be_told(learner, cast):
    sitting = start(cast.learner.person.enrolments.get(), Purpose.POST)
    for question in answerable(sitting):
        send(learner, sitting, question, right(question), **JSON)
    result = learner.post(f"/tests/{sitting.uuid}/hand-in/", follow=True)

    told = " ".join(leaks(result)[f"/tests/{sitting.uuid}/result/"])
    for secret in (
        "feedback of single",
        "b of scenario",
        "model of short",
        "918273645",
        "why source",
    ):
        assert secret in told
