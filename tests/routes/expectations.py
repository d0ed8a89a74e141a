"""What each role gets at each address of ours, written by hand; read this to audit access.

Answers: OPEN the page itself · SIGN_IN led to the sign-in page · REFUSED (403, 404 or back to the
dashboard with a refusal) · GO led on to another page (what a redirect or a saved form does).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.routes.world import World

OPEN, SIGN_IN, REFUSED, GO = "open", "sign in", "refused", "go"

ROLES = (
    *("anonymous", "learner", "outsider", "trainer", "viewer"),
    *("translator", "author", "reviewer"),
    *("area_admin", "organisation_admin", "programme_admin", "system_admin"),
)
# Roles that Wagtail's admin lets in at all; the others are led to sign in.
IN_ADMIN = set(ROLES[5:])

type Answers = dict[str, str]


def everybody(answer: str) -> Answers:
    return dict.fromkeys(ROLES, answer)


def signed_in(answer: str) -> Answers:
    return everybody(answer) | {"anonymous": SIGN_IN}


def in_admin(*roles: str, answer: str = OPEN) -> Answers:
    """Only these roles get `answer`; others inside the admin are refused, the rest must sign in."""
    inside = {role: REFUSED if role in IN_ADMIN else SIGN_IN for role in ROLES}
    return inside | dict.fromkeys(roles, answer)


@dataclass(frozen=True)
class Row:
    """One address, for one object, with one method."""

    name: str
    answers: Answers
    args: Callable[[World], list[Any]] = field(default=lambda world: [])
    note: str = ""
    method: str = "GET"
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    # Texts that must stand in no answer but those of the roles named.
    hidden: tuple[str, ...] = ()
    hidden_from: Callable[[str], bool] = field(default=lambda role: role != "system_admin")


def everyone(role: str) -> bool:
    return True


PEOPLE_ADMINS = ("area_admin", "organisation_admin", "system_admin")


def own(world: World) -> list[Any]:
    return [world.own_person.pk]


def other(world: World) -> list[Any]:
    return [world.other_person.pk]


ROWS = [
    Row("healthz", everybody(OPEN)),
    # pages
    Row("wagtail_serve", everybody(OPEN), lambda w: [""], "home"),
    Row("wagtail_serve", everybody(OPEN), lambda w: ["courses/open-course/a-lesson/"], "lesson"),
    Row(
        "wagtail_serve",
        dict.fromkeys(ROLES, OPEN)
        | {"anonymous": SIGN_IN, "learner": GO, "outsider": GO, "viewer": GO},
        lambda w: ["courses/guarded/secret-lesson/"],
        "lesson for who started the course",
    ),
    Row("wagtail_serve", everybody(REFUSED), lambda w: ["no-such-page/"], "unknown"),
    # one's own learning and data; erasing asks for the password once more
    Row("my_learning", signed_in(OPEN)),
    Row("my_data", signed_in(OPEN)),
    Row("my_data_file", signed_in(OPEN), hidden=("Aa Own", "Zz Elsewhere"), hidden_from=everyone),
    Row("erase_my_data", signed_in(GO)),
    # starting a course and going through it
    Row("course_start", signed_in(OPEN), lambda w: ["open-course"]),
    Row("course_start", signed_in(REFUSED), lambda w: ["no-such-course"], "unknown"),
    Row("course_start", signed_in(GO), lambda w: ["open-course"], "start", "POST"),
    Row("lesson_done", signed_in(REFUSED), lambda w: ["open-course", "x"], "unknown", "POST"),
    Row("lesson_done", signed_in(GO), lambda w: ["open-course", "a-lesson"], "", "POST"),
    Row("course_pages", everybody(OPEN), lambda w: ["courses/"], "catalogue"),
    Row("course_pages", everybody(REFUSED), lambda w: ["courses/none/"], "unknown"),
    # practice
    Row("practice_question", everybody(REFUSED), lambda w: ["no-such-question"], "unknown"),
    Row(
        "practice_question",
        everybody(REFUSED),
        lambda w: ["no-such-question"],
        "unknown",
        "POST",
        lambda w: {"check": "1", "answer": "a"},
    ),
    Row("glossary", everybody(OPEN)),
    Row("search", everybody(OPEN)),
    # doors of Wagtail that lead to ours
    Row("admin_sign_in", everybody(SIGN_IN)),
    Row("page_sign_in", everybody(SIGN_IN)),
    Row("admin_reset", everybody(GO)),
    Row("admin_reset_step", everybody(GO), lambda w: ["confirm/x/y/"]),
    # accounts
    Row("your_account", signed_in(OPEN)),
    Row("usersessions_list", signed_in(OPEN)),
    Row("second_factor_needed", signed_in(GO), note="nobody of the cast lacks it"),
    Row("reset_code", everybody(OPEN)),
    Row("claim", everybody(GO) | {"anonymous": OPEN}),
    Row("claim_account", everybody(GO), note="without a code"),
    # writing lessons
    Row("lesson_text_preview", in_admin(*ROLES[5:]), method="POST", data=lambda w: {"text": "x"}),
    # the register of people
    Row("people:index", in_admin(*PEOPLE_ADMINS), hidden=("Zz Elsewhere",)),
    Row("people:index_results", in_admin(*PEOPLE_ADMINS), hidden=("Zz Elsewhere",)),
    Row("people:add", in_admin(*PEOPLE_ADMINS), hidden=("Foreign body", "Phnom Penh")),
    Row("people:edit", in_admin(*PEOPLE_ADMINS), own, "own", hidden=("Foreign body",)),
    Row("people:edit", in_admin("system_admin"), other, "other"),
    Row(
        "people:edit",
        in_admin("system_admin", answer=GO) | dict.fromkeys(PEOPLE_ADMINS[:2], OPEN),
        own,
        "own, moved to another province: refused by the form",
        "POST",
        lambda w: {"name_Latn": "Moved", "area_of_work": w.other_province.pk},
    ),
    Row("people:edit", in_admin("system_admin", answer=GO), other, "other", "POST",
        lambda w: {"name_Latn": "Taken over"}),
    Row("people:delete", in_admin(), own, "own"),
    Row("people:delete", in_admin(), other, "other"),
    Row("person_code", in_admin(*PEOPLE_ADMINS), lambda w: [*own(w), "claim"], "own"),
    Row("person_code", in_admin("system_admin"), lambda w: [*other(w), "claim"], "other"),
    Row("person_code", in_admin(*PEOPLE_ADMINS), lambda w: [*own(w), "claim"], "own", "POST"),
    Row("person_code", in_admin("system_admin"), lambda w: [*other(w), "claim"], "other", "POST"),
    # the other registers are the system administrator's
    *(
        Row(f"{register}:{view}", in_admin("system_admin"))
        for register in ("organisations", "programmes", "areas", "roles")
        for view in ("index", "index_results", "add")
    ),
    *(
        Row(f"{register}:{view}", in_admin("system_admin"), lambda w, r=register: [w.row_of(r)])
        for register in ("organisations", "programmes", "areas", "roles")
        for view in ("edit", "delete")
    ),
]  # fmt: skip

# Addresses of libraries: one expectation for all that begin so. `refused` lists the roles that
# must never get such a page; what the others get is the library's own business and tests.
OUTSIDE_ADMIN = tuple(role for role in ROLES if role not in IN_ADMIN)
ALL_BUT_SYSTEM = tuple(role for role in ROLES if role != "system_admin")
LIBRARIES: dict[str, tuple[str, ...]] = {
    "wagtailusers_": ALL_BUT_SYSTEM,
    "wagtailsites": ALL_BUT_SYSTEM,
    "wagtaillocales": ALL_BUT_SYSTEM,
    "wagtailadmin_collections": ALL_BUT_SYSTEM,
    "wagtailadmin": OUTSIDE_ADMIN,
    "wagtailimages": OUTSIDE_ADMIN,
    "wagtaildocs": OUTSIDE_ADMIN,
    "wagtailembeds": OUTSIDE_ADMIN,
    "wagtailsnippet": OUTSIDE_ADMIN,
    "wagtail_bulk_action": OUTSIDE_ADMIN,
    "account_": (),
    "mfa_": (),
    "wagtailcore_": (),
}
# Library addresses that answer without being a page of theirs: scripts, help texts, signing out.
HARMLESS = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "wagtailadmin_logout"}
