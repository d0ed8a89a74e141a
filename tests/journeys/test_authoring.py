"""A new author, from her role to a lesson that a learner answers and a book holds."""

import io
import re
import time
import zipfile

import pytest
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from tests.journeys.test_reading import sign_up
from tests.learning.people.test_mfa import code_for

pytestmark = pytest.mark.browser

PASSWORD = "a fine long word 9"
COURSE = "/courses/compliance/"
BOOK = f"{COURSE}editions/orientation-pack.en.epub"
PATIENCE = 60  # seconds for a book without pages, on a busy machine


def sign_in(page: Page, username: str, password: str) -> None:
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.click("main form button")


def give_role(admin: Page, username: str) -> None:
    admin.goto("/accounts/login/?next=/admin/roles/new/")
    sign_in(admin, "admin@demo.test", "cascade-demo")
    admin.select_option("[name=user]", label=f"Nasreen Gul ({username})")
    admin.select_option("[name=role]", "author")
    admin.select_option("[name=area]", label="Pakistan")
    admin.get_by_role("button", name="Create").click()
    expect(admin.locator(".messages")).to_contain_text("created")


def set_up_app(author: Page) -> None:
    """The second factor, as far as the first page of the administration."""
    author.goto("/")
    author.locator("header details summary").first.click()
    author.get_by_role("link", name="Administration").click()
    author.get_by_role("link", name="Set up an app").click()
    author.fill("[name=password]", PASSWORD)
    author.click("main form button")
    key = author.locator("code.key").inner_text().replace(" ", "")
    author.fill("[name=code]", code_for(key))
    author.click("main form button")
    expect(author.locator("main")).to_contain_text("Recovery codes")


def choose(author: Page, kind: str) -> None:
    """Add a block at the end."""
    author.locator("button.c-sf-add-button:visible").last.click()
    author.locator(".w-combobox [role=option]", has_text=kind).first.click()


def fill(author: Page, prefix: str, **values: str) -> None:
    for name, value in values.items():
        author.fill(f"[name={prefix}{name}]", value)


def write_question(author: Page) -> str:
    """Returns where it is edited."""
    author.goto("/admin/snippets/modules/question/add/")
    fill(author, "", key="ce-kestrel", outcome="CE1")
    author.select_option("[name=level]", "apply")
    choose(author, "One right answer")
    author.locator("[data-contentpath=options] button.c-sf-add-button").last.click()
    value = "definition-0-value-"
    fill(author, value, stem="Who comes first?", feedback="Ask who is insured.")
    for n, text in enumerate(("The insured person", "The typed form")):
        fill(author, f"{value}options-{n}-value-", key="ab"[n], text=text, feedback="Why.")
    author.locator(f"[name={value}options-0-value-correct]").check()
    author.get_by_role("button", name="Save draft").click()
    expect(author.locator(".messages")).to_contain_text("created")
    try_out(author)
    return author.url


def try_out(author: Page) -> None:
    """Answer the question in its preview, beside the form."""
    author.get_by_role("button", name="Toggle preview").click()
    preview = author.frame_locator(".w-preview iframe").last
    preview.get_by_label("The typed form").check(timeout=PATIENCE * 1000)
    preview.get_by_role("button", name="Check").click()
    verdict = preview.locator(".verdict")
    expect(verdict).to_contain_text("Not yet.", timeout=PATIENCE * 1000)
    author.get_by_role("button", name="Toggle preview").click()


def write_lesson(author: Page) -> str:
    """Returns where it is edited; it waits for its reviews."""
    author.goto("/admin/pages/")
    author.goto(f"/admin/pages/add/modules/lessonpage/{course_id(author)}/")
    fill(author, "", title="Kestrels", purpose="By the end you can wait.", minutes="20")
    fill(author, "", outcomes="CE1", key="kestrels")
    choose(author, "Text")
    text = "## Hovering\n\nA kestrel hovers over a claim until the register answers. (own)"
    fill(author, "body-0-value-", anchor="hovering", text=text)
    choose(author, "Law box")
    fill(author, "body-1-value-", anchor="limit", text="Who earns more is outside.")
    author.select_option("[name=body-1-value-figure]", "pk-pb.wage-limit")
    choose(author, "Practice question")
    fill(author, "body-2-value-", anchor="check")
    author.select_option("[name=body-2-value-use]", "ce-kestrel")
    author.get_by_role("button", name="More actions").click()
    author.get_by_role("button", name=re.compile("Submit to")).click()
    expect(author.locator(".messages")).to_contain_text("submitted for moderation")
    return author.locator(".messages").get_by_role("link", name="Edit").get_attribute("href") or ""


def course_id(author: Page) -> str:
    found = author.request.get("/admin/api/main/pages/?type=modules.CoursePage&locale=en").json()
    return str(next(p["id"] for p in found["items"] if p["meta"]["slug"] == "compliance"))


def act(reviewer: Page, address: str, name: str) -> None:
    reviewer.goto(address)
    reviewer.locator("footer").get_by_role("button", name="More actions").click()
    reviewer.locator("footer").get_by_role("button", name=name, exact=True).click()
    reviewer.wait_for_url(lambda url: url.rstrip("/") != address.rstrip("/"))


def book(request: APIRequestContext) -> str:
    """All words of the book, once it is made."""
    ends = time.monotonic() + PATIENCE
    while (answer := request.get(BOOK)).status != 200 and time.monotonic() < ends:
        time.sleep(0.5)
    pages = zipfile.ZipFile(io.BytesIO(answer.body()))
    return "".join(pages.read(n).decode() for n in pages.namelist() if n.endswith(".xhtml"))


def test_from_a_role_to_a_lesson_and_a_book(browser: Browser, base_url: str):
    author, admin, learner = (browser.new_context(base_url=base_url).new_page() for _ in range(3))
    username = sign_up(author, base_url)
    give_role(admin, username)
    set_up_app(author)

    question = write_question(author)
    lesson = write_lesson(author)
    # The system administrator stands in for both reviewers.
    act(admin, question, "Publish")
    act(admin, lesson, "Approve")
    assert learner.goto(f"{COURSE}kestrels/").status == 404
    act(admin, lesson, "Approve and Publish")

    learner.goto(f"{COURSE}kestrels/")
    expect(learner.locator("main")).to_contain_text("PKR 22,000 a month")
    learner.get_by_label("The insured person").check()
    learner.get_by_role("button", name="Check").click()
    expect(learner.locator("main")).to_contain_text("Ask who is insured.")
    assert "A kestrel hovers over a claim" in book(learner.request)
