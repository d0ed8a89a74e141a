"""Which pages are photographed and checked for accessibility, in which state, as whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page

DEMO_PASSWORD = "cascade-demo"
LEARNER, TRAINER, ADMIN = "learner@demo.test", "trainer@demo.test", "admin@demo.test"
# Made by `seeding`: each in another state of the course.
STARTED, GOING, MISSED, PASSED = (
    f"{name}@demo.test" for name in ("started", "going", "missed", "passed")
)


def open_page(page: Page, url: str, shot: "Shot", language: str, places: Mapping[str, str]) -> None:
    page.context.set_offline(False)
    page.emulate_media(color_scheme="dark" if shot.dark else "light")
    page.goto(url + address(shot, language, places))


def address(shot: "Shot", language: str, places: Mapping[str, str]) -> str:
    path = shot.path.format_map(places)
    return path if language == "en" else f"/{language}{path}"


def nothing(page: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class Shot:
    """One page in one state. `act` does what a person would do to reach the state.

    A `path` may name what `seeding` made: "/tests/{open}/1/".
    """

    name: str
    path: str
    user: str = ""
    act: Callable[[Page], None] = field(default=nothing)
    dark: bool = False


def send_empty(page: Page) -> None:
    """What our own checks say; the browser would ask for what is missing in words of its own."""
    button = page.locator("main form[method=post] .actions button:visible").first
    button.evaluate("button => { if (button.form) button.form.noValidate = true; }")
    button.click()


def wrong_password(page: Page) -> None:
    page.fill("[name=login]", "somebody")
    page.fill("[name=password]", "not the password")
    send_empty(page)


def open_details(page: Page) -> None:
    for summary in page.locator("main details > summary").all():
        summary.click()


def open_menu(page: Page) -> None:
    narrow = page.locator("header details.narrow > summary")
    if narrow.is_visible():
        narrow.click()


def confirm_password(page: Page) -> None:
    """Some pages ask once more for the password, the first time in a session."""
    if page.locator("[name=password]").is_visible():
        page.fill("[name=password]", DEMO_PASSWORD)
        send_empty(page)


def forget_the_tick(page: Page) -> None:
    confirm_password(page)
    send_empty(page)


def answer(page: Page) -> None:
    """Gives some answer to the practice question of the page and has it checked."""
    form = page.locator("form[data-practice]")
    for box in form.locator("input[type=radio], input[type=checkbox]").all()[:1]:
        box.check()
    for choice in form.locator("select:visible").all():
        choice.select_option(index=1)
    for text in form.locator("input[inputmode], textarea").all():
        text.fill("14")
    send(page)


def send(page: Page) -> None:
    page.locator("form[data-practice] .actions button").click()
    page.locator("form[data-practice] [data-focus]").wait_for()


# One question of the shipped course for each kind.
QUESTIONS = {
    "single": "co-two-payers",
    "scenario": "co-no-budget-line",
    "multiple": "co-on-the-map",
    "truefalse": "co-duplicate-data",
    "matching": "co-problem-levels",
    "ordering": "co-first-agenda",
    "numeric": "co-fifty-to-fifty-seven",
    "short": "co-forgotten-bodies",
}


def lose_the_network(page: Page) -> None:
    """It stays lost until the next page is opened."""
    page.context.set_offline(True)
    page.locator("#q1 input[type=radio]:not(:checked)").first.click()
    page.locator("#q1 [data-state] .kept").wait_for()


SHOTS = [
    Shot("home", "/"),
    Shot("home-dark", "/", dark=True),
    Shot("home-menu", "/", act=open_menu),
    Shot("home-signed-in", "/", LEARNER),
    Shot("not-found", "/no-such-page/"),
    Shot("sign-in", "/accounts/login/"),
    Shot("sign-in-error", "/accounts/login/", act=wrong_password),
    Shot("sign-up", "/accounts/signup/"),
    Shot("sign-up-more", "/accounts/signup/", act=open_details),
    Shot("sign-up-errors", "/accounts/signup/", act=send_empty),
    Shot("new-password-by-mail", "/accounts/password/reset/"),
    Shot("new-password-by-code", "/accounts/reset-code/"),
    Shot("code-refused", "/accounts/claim/", act=send_empty),
    Shot("account", "/accounts/", LEARNER),
    Shot("addresses", "/accounts/email/", LEARNER),
    Shot("devices", "/accounts/sessions/", LEARNER),
    Shot("second-factor", "/accounts/2fa/", LEARNER),
    Shot("catalogue", "/courses/"),
    Shot("course", "/courses/coordination/"),
    Shot("course-announced", "/courses/compliance/"),
    Shot("lesson", "/courses/coordination/mapping/"),
    Shot("lesson-dark", "/courses/coordination/mapping/", dark=True),
    *(
        shot
        for kind, key in QUESTIONS.items()
        for shot in (
            Shot(f"practice-{kind}", f"/practice/{key}/"),
            Shot(f"practice-{kind}-answered", f"/practice/{key}/", act=answer),
        )
    ),
    Shot("practice-empty", f"/practice/{QUESTIONS['multiple']}/", act=send),
    Shot("practice-dark", f"/practice/{QUESTIONS['multiple']}/", act=answer, dark=True),
    Shot("glossary", "/glossary/"),
    Shot("search-empty", "/search/"),
    Shot("search-found", "/search/?q=coverage"),
    Shot("search-nothing", "/search/?q=zzzz"),
    Shot("course-start", "/courses/coordination/start/", LEARNER),
    Shot("lesson-learner", "/courses/coordination/mapping/", LEARNER),
    Shot("lesson-trainer", "/courses/coordination/mapping/", TRAINER),
    Shot("my-learning", "/me/", LEARNER),
    Shot("my-data", "/me/data/", LEARNER),
    Shot("erase", "/me/data/erase/", LEARNER, confirm_password),
    Shot("erase-without-tick", "/me/data/erase/", LEARNER, forget_the_tick),
    # tests and what they earn; the people and their papers come from `seeding`
    Shot("course-started", "/courses/coordination/", STARTED),
    Shot("test-start", "/courses/coordination/tests/pre/", STARTED),
    Shot("my-learning-empty", "/me/", STARTED),
    *(
        Shot(f"test-{kind}", f"/tests/{{open}}/{{{kind}}}/", GOING)
        for kind in ("single", "multiple", "matching", "ordering", "numeric", "short")
    ),
    Shot("test-question-dark", "/tests/{open}/1/", GOING, dark=True),
    Shot("test-not-saved", "/tests/{open}/1/", GOING, lose_the_network),
    Shot("test-review", "/tests/{open}/review/", GOING),
    Shot("course-test-open", "/courses/coordination/", GOING),
    Shot("result-pre", "/tests/{pre}/result/", MISSED),
    Shot("result-missed", "/tests/{losing}/result/", MISSED),
    Shot("test-start-wait", "/courses/coordination/tests/post/", MISSED),
    Shot("result-passed", "/tests/{winning}/result/", PASSED, act=open_details),
    Shot("result-dark", "/tests/{winning}/result/", PASSED, dark=True),
    Shot("course-passed", "/courses/coordination/", PASSED),
    Shot("my-learning-passed", "/me/", PASSED),
    Shot("marking-desk", "/training/marking/", TRAINER),
    Shot("mark-question", "/training/marking/{question}/1/", TRAINER),
    # lists of people, in the states that `rosters` makes
    Shot("rosters", "/reports/rosters/", ADMIN),
    Shot("roster-new", "/reports/rosters/new/", ADMIN),
    Shot("roster-new-empty", "/reports/rosters/new/", ADMIN, send_empty),
    Shot("roster-mend", "/reports/rosters/{roster_mend}/", ADMIN),
    Shot("roster-decide", "/reports/rosters/{roster_decide}/", ADMIN),
    Shot("roster-decide-dark", "/reports/rosters/{roster_decide}/", ADMIN, dark=True),
    Shot("roster-ready", "/reports/rosters/{roster_ready}/", ADMIN),
    Shot("roster-done", "/reports/rosters/{roster_done}/", ADMIN),
    Shot("certificate", "/certificates/{certificate}/"),
    Shot("certificate-dark", "/certificates/{certificate}/", dark=True),
    Shot("certificate-revoked", "/certificates/{revoked}/"),
    Shot("certificate-unknown", f"/certificates/{'A' * 24}/"),
    Shot("certificate-revoke", "/certificates/{certificate}/revoke/", ADMIN),
    Shot("verify", "/verify/"),
    Shot("verify-empty", "/verify/", act=send_empty),
]


def sign_in(page: Page, url: str, user: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", DEMO_PASSWORD)
    send_empty(page)
    page.wait_for_url(f"{url}/")
