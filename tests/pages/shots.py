"""Which pages are photographed and checked for accessibility, in which state, as whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from playwright.sync_api import Page

from tests.pages.acts import (
    DEMO_PASSWORD,
    answer,
    be_in_two_places,
    confirm_password,
    fill_two_days,
    forget_most,
    forget_the_reason,
    forget_the_tick,
    go_on,
    lose_the_network,
    lose_the_network_in_the_roll,
    lose_the_token,
    mistype,
    mistype_one,
    offer_names,
    open_details,
    open_menu,
    paste_list,
    paste_nonsense,
    refuse_sticker,
    send,
    send_empty,
    too_many_hands,
    type_words,
    upload_no_list,
    wrong_password,
)
from tests.pages.coursework_shots import COURSEWORK
from tests.pages.kinds_shots import KINDS_SHOTS, MORE_QUESTIONS
from tests.pages.report_shots import REPORT_SHOTS

RESULTS_OF = "/training/{results}/results/post/"
TAKE_BACK = "/training/{results}/results/pre/{results_person}/take-back/"
HANDS_BACK = "/training/{results_hands}/results/pre/tally/take-back/"
LEARNER, TRAINER, ADMIN = "learner@demo.test", "trainer@demo.test", "admin@demo.test"
LEADING = "leading@demo.test"  # runs the sessions of `training_seeding`
RESULTS = "results-trainer@demo.test"  # who leads the sessions of `results_seeding`
# Made by `seeding`: each in another state of the course.
STARTED, GOING, MISSED, PASSED = (
    f"{name}@demo.test" for name in ("started", "going", "missed", "passed")
)


def open_page(page: Page, url: str, shot: "Shot", language: str, places: Mapping[str, str]) -> None:
    page.context.set_offline(False)
    page.emulate_media(color_scheme="dark" if shot.dark else "light")
    answer = page.goto(url + address(shot, language, places))
    status = answer.status if answer else HTTPStatus.OK
    if status != shot.status:
        raise LookupError(f"{shot.name} in {language}: {status}, expected {shot.status}")


def address(shot: "Shot", language: str, places: Mapping[str, str]) -> str:
    path = shot.path.format_map(places)
    has_languages = not path.startswith("/admin/")
    return f"/{language}{path}" if has_languages and language != "en" else path


def nothing(page: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class Shot:
    """One page in one state. `act` does what a person would do to reach the state.

    A `path` may name what `seeding` made: "/tests/{open}/1/". Any other `status` than the one named
    is a page that nobody meant.
    """

    name: str
    path: str
    user: str = ""
    act: Callable[[Page], None] = field(default=nothing)
    dark: bool = False
    status: HTTPStatus = HTTPStatus.OK


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
    **MORE_QUESTIONS,
}

# The desk and the sessions on it; `training_seeding` makes them.
TRAINING = [
    Shot("desk", "/training/", LEADING),
    Shot("desk-dark", "/training/", LEADING, dark=True),
    Shot("desk-empty", "/training/", TRAINER),
    Shot("desk-admin", "/training/", ADMIN),
    Shot("desk-filter-nothing", "/training/?programme=self-paced-pk", ADMIN),
    Shot("session-new", "/training/new/", LEADING, act=fill_two_days),
    Shot("session-new-errors", "/training/new/", LEADING, act=forget_most),
    Shot("session-new-clash", "/training/new/", LEADING, act=be_in_two_places),
    Shot("session-edit", "/training/{event_gaps}/edit/", LEADING),
    *(
        Shot(f"session-{state}", f"/training/{{event_{state}}}/", LEADING)
        for state in (
            *("next", "today", "gaps", "ready", "returned", "reported", "verified", "cancelled"),
            *("counting", "counted"),
        )
    ),
    Shot("session-cancel-half-day", "/training/{event_gaps}/half-days/1/cancel/", LEADING),
    Shot("session-close", "/training/{event_ready}/close/", LEADING),
    Shot("session-close-early", "/training/{event_gaps}/close/", LEADING),
    Shot("session-cancel", "/training/{event_next}/cancel/", LEADING, act=send_empty),
    Shot("headcount", "/training/{event_counting}/headcount/", LEADING),
    Shot("headcount-errors", "/training/{event_counting}/headcount/", LEADING, act=type_words),
    Shot("headcount-closed", "/training/{event_counted}/headcount/", LEADING),
    Shot("session-to-verify", "/training/{event_reported}/", ADMIN),
    Shot("session-verify", "/training/{event_reported}/verify/", ADMIN),
    Shot("session-return", "/training/{event_reported}/return/", ADMIN, act=send_empty),
    Shot("session-return-verified", "/training/{event_verified}/return/", ADMIN),
    Shot("session-certificates-early", "/training/{event_gaps}/certificates/", LEADING),
    Shot("session-certificates", "/training/{event_verified}/certificates/", ADMIN),
    Shot("session-certificates-sure", "/training/{event_verified}/certificates/", ADMIN, go_on),
    Shot("session-certificates-issued", "/training/{event_certified}/certificates/", ADMIN),
    Shot("accreditations", "/training/accreditation/", ADMIN),
    Shot("accreditations-nothing", "/training/accreditation/?state=withdrawn", ADMIN),
    Shot("accreditations-own", "/training/accreditation/", LEADING),
    Shot("accreditation-errors", "/training/accreditation/new/", ADMIN, send_empty),
    Shot(
        "accreditation-withdraw",
        "/training/accreditation/{accreditation}/withdraw/",
        ADMIN,
        send_empty,
    ),
]


SHOTS = [
    Shot("home", "/"),
    Shot("home-dark", "/", dark=True),
    Shot("home-menu", "/", act=open_menu),
    Shot("home-signed-in", "/", LEARNER),
    Shot("no-admin", "/admin/", LEARNER, status=HTTPStatus.FORBIDDEN),
    Shot("not-found", "/no-such-page/", status=HTTPStatus.NOT_FOUND),
    Shot("sign-in", "/accounts/login/"),
    Shot("sign-in-error", "/accounts/login/", act=wrong_password),
    Shot("form-expired", "/accounts/login/", act=lose_the_token),
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
    Shot("course-versions", "/courses/coordination/changes/"),
    Shot("course-changes", "/courses/compliance/changes/{changed_since}/"),
    Shot("course-changes-none", "/courses/coordination/changes/{unchanged_since}/"),
    Shot("lesson", "/courses/coordination/mapping/"),
    Shot("lesson-law-tables", "/courses/simplify/life-events/", act=open_details),
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
    Shot("test-review", "/tests/{open}/review/", GOING),
    Shot("course-test-open", "/courses/coordination/", GOING),
    # the last of this person: the review loads itself again when an answer kept here arrives
    Shot("test-not-saved", "/tests/{open}/1/", GOING, lose_the_network),
    Shot("result-pre", "/tests/{pre}/result/", MISSED),
    Shot("result-missed", "/tests/{losing}/result/", MISSED),
    Shot("test-start-wait", "/courses/coordination/tests/post/", MISSED),
    Shot("result-passed", "/tests/{winning}/result/", PASSED, act=open_details),
    Shot("result-dark", "/tests/{winning}/result/", PASSED, dark=True),
    Shot("course-passed", "/courses/coordination/", PASSED),
    Shot("result-later", "/tests/{later}/result/", "later@demo.test"),
    Shot("my-learning-later", "/me/", "later@demo.test"),
    Shot("course-later", "/courses/coordination/", "later@demo.test"),
    Shot("test-start-to-come", "/courses/coordination/tests/retention/", "later@demo.test"),
    Shot("test-start-over", "/courses/coordination/tests/retention/", "over@demo.test"),
    Shot("course-over", "/courses/coordination/", "over@demo.test"),
    Shot("my-learning-passed", "/me/", PASSED),
    Shot("marking-desk", "/training/marking/", TRAINER),
    Shot("mark-question", "/training/marking/{question}/1/", TRAINER),
    *(Shot(name, path, user or TRAINER) for name, path, user in COURSEWORK),
    Shot(
        "coursework-review-errors",
        "/coursework/reviews/{works_task}/",
        COURSEWORK[5][2],
        send_empty,
    ),
    # lists of people, in the states that `rosters` makes
    Shot("rosters", "/reports/rosters/", ADMIN),
    Shot("roster-new", "/reports/rosters/new/", ADMIN),
    Shot("roster-new-error", "/reports/rosters/new/", ADMIN, upload_no_list),
    Shot("roster-mend", "/reports/rosters/{roster_mend}/", ADMIN),
    Shot("roster-decide", "/reports/rosters/{roster_decide}/", ADMIN),
    Shot("roster-decide-dark", "/reports/rosters/{roster_decide}/", ADMIN, dark=True),
    Shot("roster-ready", "/reports/rosters/{roster_ready}/", ADMIN),
    Shot("roster-done", "/reports/rosters/{roster_done}/", ADMIN),
    # participants and roll
    Shot("people-none", "/training/{people_none}/people/", TRAINER),
    Shot("people", "/training/{people_many}/people/", TRAINER),
    Shot("people-refused", "/training/{people_many}/people/", TRAINER, refuse_sticker),
    Shot("people-offered", "/training/{people_none}/people/", TRAINER, offer_names),
    Shot("people-dark", "/training/{people_none}/people/", TRAINER, offer_names, dark=True),
    Shot("people-closed", "/training/{people_closed}/people/", TRAINER),
    Shot("person", "/training/{people_many}/people/{people_person}/", TRAINER),
    Shot(
        "person-error",
        "/training/{people_many}/people/{people_person}/",
        TRAINER,
        forget_the_reason,
    ),
    Shot("paste", "/training/{people_none}/people/paste/", TRAINER),
    Shot("paste-preview", "/training/{people_many}/people/paste/", TRAINER, paste_list),
    Shot("paste-problems", "/training/{people_none}/people/paste/", TRAINER, paste_nonsense),
    Shot("roll", "/training/{people_many}/roll/2/", TRAINER),
    Shot("roll-dark", "/training/{people_many}/roll/2/", TRAINER, dark=True),
    Shot("roll-kept", "/training/{people_many}/roll/3/", TRAINER, lose_the_network_in_the_roll),
    Shot("roll-cancelled", "/training/{people_many}/roll/4/", TRAINER),
    Shot("roll-none", "/training/{people_none}/roll/1/", TRAINER),
    Shot("roll-closed", "/training/{people_closed}/roll/1/", TRAINER),
    Shot("certificate", "/certificates/{certificate}/"),
    Shot("certificate-dark", "/certificates/{certificate}/", dark=True),
    Shot("certificate-revoked", "/certificates/{revoked}/"),
    Shot("certificate-unknown", f"/certificates/{'A' * 24}/", status=HTTPStatus.NOT_FOUND),
    Shot("certificate-revoke", "/certificates/{certificate}/revoke/", ADMIN),
    Shot("verify", "/verify/"),
    Shot("verify-empty", "/verify/", act=send_empty),
    Shot("standard-begin-errors", "/reports/standards/begin/", ADMIN, send_empty),
    Shot("standard-error", "/reports/standards/{standard}/", ADMIN, send_empty),
    *TRAINING,
    *(Shot(*shot) for shot in (*REPORT_SHOTS, *KINDS_SHOTS)),
    # results of a training session; `results_seeding` makes the sessions and their trainer
    Shot("results-answers", "/training/{results}/results/post/", RESULTS),
    Shot("results-answers-dark", "/training/{results}/results/post/", RESULTS, dark=True),
    Shot("results-totals", "/training/{results}/results/post/?grain=total", RESULTS),
    Shot("results-error", "/training/{results_begun}/results/pre/", RESULTS, mistype),
    Shot("results-nobody", "/training/{results_nobody}/results/pre/", RESULTS),
    Shot("results-closed", "/training/{results_closed}/results/pre/", RESULTS),
    Shot("results-later", "/training/{results_later}/results/retention-3/", RESULTS),
    Shot("figures-later", "/training/{results_later}/figures/", RESULTS, act=open_details),
    Shot("results-second", f"{RESULTS_OF}second/", RESULTS),
    Shot("results-second-error", f"{RESULTS_OF}second/", RESULTS, mistype_one),
    Shot("results-differences", f"{RESULTS_OF}second/{{results_differs}}/", RESULTS),
    Shot(
        "results-differences-error", f"{RESULTS_OF}second/{{results_differs}}/", RESULTS, send_empty
    ),
    Shot("results-import", f"{RESULTS_OF}import/", RESULTS),
    Shot("results-import-check", f"{RESULTS_OF}import/{{sheet_good}}/", RESULTS),
    Shot("results-import-mend", f"{RESULTS_OF}import/{{sheet_bad}}/", RESULTS),
    Shot("results-take-back", TAKE_BACK, RESULTS, send_empty),
    Shot("figures", "/training/{results}/figures/", RESULTS),
    Shot("figures-dark", "/training/{results}/figures/", RESULTS, dark=True),
    Shot("figures-empty", "/training/{results_begun}/figures/", RESULTS),
    Shot("figures-hands", "/training/{results_hands}/figures/", RESULTS, act=open_details),
    Shot("papers", "/training/{results}/papers/", RESULTS, act=open_details),
    Shot("papers-counted", "/training/{results_hands}/papers/", RESULTS),
    Shot("hands", "/training/{results_hands}/results/pre/tally/", RESULTS),
    Shot("hands-empty", "/training/{results}/results/pre/tally/", RESULTS),
    Shot("hands-error", "/training/{results_hands}/results/post/tally/", RESULTS, too_many_hands),
    Shot("hands-take-back", HANDS_BACK, RESULTS, send_empty),
]


def sign_in(page: Page, url: str, user: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", DEMO_PASSWORD)
    send_empty(page)
    page.wait_for_url(f"{url}/")
