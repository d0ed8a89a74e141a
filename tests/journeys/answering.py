"""Answering tests in a browser: the right answers come from the site's own data."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.site import Site

RIGHT_ANSWERS = """
import json
from learning.attempts.models import Sitting
from learning.attempts.questions import questions_of
from tests.pages.seeding import right_answer

sitting = Sitting.objects.get(uuid="%s")
found = [
    [q.item.position, q.kind, q.given(right_answer(q.definition))] for q in questions_of(sitting)
]
print("ANSWERS" + json.dumps(found))
"""

type Answers = list[tuple[int, str, Any]]


def sitting_in(page: Page) -> str:
    """The id of the sitting that the page shows."""
    match = re.search(r"/tests/([-0-9a-f]{36})/", page.url)
    assert match, page.url
    return match.group(1)


def right_answers(site: Site, page: Page) -> Answers:
    """Position, kind and right answer, in the names of the page."""
    printed = site.manage("shell", "--no-imports", "-c", RIGHT_ANSWERS % sitting_in(page))
    return json.loads(printed.partition("ANSWERS")[2])


def give(page: Page, position: int, kind: str, answer: Any) -> None:
    """Answer the question in front, the way a person does."""
    section = page.locator(f"#q{position}")
    expect(section).to_be_visible()
    if kind == "matching":
        for premise, place in answer.items():
            section.locator(f"[name=premise-{premise}]").select_option(place)
    elif kind == "ordering":
        put_in_order(page, section, answer)
    elif kind in ("numeric", "short"):
        section.locator("[name=answer]").fill(str(answer))
        section.locator("[name=answer]").press("Tab")
    else:
        for place in answer if isinstance(answer, list) else [answer]:
            section.locator(f"input[name=answer][value='{place}']").check()


def put_in_order(page: Page, section: Any, places: dict[str, int]) -> None:
    """Move the steps with their buttons until each stands in its place."""
    for step, place in sorted(places.items(), key=lambda item: item[1]):
        row = section.locator(f"li:has([name=step-{step}])")
        while row.evaluate("row => [...row.parentElement.children].indexOf(row)") >= place:
            row.locator("[data-move='-1']").click()
    section.locator("[data-settle]").click()


def answer_all(page: Page, answers: Answers) -> None:
    """Answer these questions and arrive at the page before handing in."""
    for position, kind, answer in answers:
        page.click(f"[data-goto='{position}']")
        give(page, position, kind, answer)
    page.click("[data-leave]")
    page.wait_for_url("**/review/")
