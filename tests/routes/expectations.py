"""What each role gets at each address of ours, written by hand; read this to audit access.

Rows of the larger rooms stand in files of their own beside this one; `rows.py` says how to write
them.
"""

from typing import Any

from tests.routes import (
    composing_rows,
    coursework_rows,
    editions_rows,
    interchange_rows,
    regrading_rows,
    reports_rows,
    standards_rows,
    training_access_rows,
    training_certificates_rows,
    training_people_rows,
    training_results_rows,
    training_rows,
)
from tests.routes.rows import (
    GO,
    IN_ADMIN,
    OPEN,
    REFUSED,
    ROLES,
    SIGN_IN,
    Row,
    everybody,
    everyone,
    in_admin,
    signed_in,
)
from tests.routes.world import World

# Who reads a guarded lesson only after starting its course.
NOT_TEACHING = ("learner", "outsider", "viewer")
MARKERS = ("trainer", "programme_admin", "system_admin")
SYSTEM_REGISTERS = (
    *("organisations", "programmes", "areas", "roles"),
    *("award_rules", "issuers"),
)
PEOPLE_ADMINS = ("area_admin", "organisation_admin", "system_admin")
IMPORTERS = (*PEOPLE_ADMINS, "programme_admin")


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
    Row("letters_after_course", signed_in(GO), method="POST"),
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
    # released versions: a comparison opens to whom the lessons open
    Row("course_versions", everybody(OPEN), lambda w: ["open-course"]),
    Row("course_versions", everybody(REFUSED), lambda w: ["none"], "unknown"),
    Row("course_changes", everybody(OPEN), lambda w: ["open-course", "1.0"]),
    Row("course_changes", everybody(REFUSED), lambda w: ["open-course", "9"], "unknown"),
    Row("course_changes",
        everybody(OPEN) | dict.fromkeys(NOT_TEACHING[1:], GO) | {"anonymous": SIGN_IN},
        lambda w: ["begun", "1.0"], "of a course the learner has started"),
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
    *(
        Row("practice_question", answers | {"anonymous": SIGN_IN}, args, note, method,
            lambda w: {"check": "1", "answer": "b"})
        for method in ("GET", "POST")
        for answers, args, note in (
            (everybody(OPEN) | dict.fromkeys(NOT_TEACHING, GO), lambda w: ["gu-secret"],
             "of a course nobody here has started"),
            (everybody(OPEN) | dict.fromkeys(NOT_TEACHING[1:], GO), lambda w: ["be-begun"],
             "of a course the learner has started"),
        )
    ),
    # tests: a sitting belongs to its person; answers are marked within one's programmes
    Row("test_start", signed_in(GO) | {"learner": OPEN, "outsider": OPEN},
        lambda w: ["tested", "pre"], "of a course these two have started"),
    Row("test_start", signed_in(GO) | {"outsider": OPEN}, lambda w: ["tested", "post"],
        "which the learner has open and the outsider handed in"),
    Row("test_start", signed_in(GO), lambda w: ["tested", "pre"], "begin", "POST"),
    Row("test_start", signed_in(REFUSED), lambda w: ["no-such-course", "pre"], "unknown"),
    *(
        Row(name, signed_in(REFUSED) | {"learner": answer}, args, "the learner's", method)
        for name, method, answer, args in (
            ("test_sitting", "GET", GO, lambda w: [w.sitting.uuid]),
            ("test_question", "GET", OPEN, lambda w: [w.sitting.uuid, 1]),
            ("test_question", "POST", GO, lambda w: [w.sitting.uuid, 1]),
            ("test_review", "GET", OPEN, lambda w: [w.sitting.uuid]),
            ("test_hand_in", "POST", GO, lambda w: [w.sitting.uuid]),
            ("test_result", "GET", GO, lambda w: [w.sitting.uuid]),
        )
    ),
    Row("test_result", signed_in(REFUSED) | {"outsider": OPEN},
        lambda w: [w.foreign_sitting.uuid], "the outsider's, handed in"),
    Row("marking_desk", signed_in(REFUSED) | dict.fromkeys(MARKERS, OPEN)),
    Row("mark_question", signed_in(REFUSED) | dict.fromkeys(MARKERS, OPEN),
        lambda w: ["tested-b-short", 1], hidden=("Words from elsewhere", "Wahida Writer")),
    Row("mark_question", signed_in(REFUSED) | dict.fromkeys(MARKERS, GO),
        lambda w: ["tested-b-short", 1], "", "POST"),
    *(
        Row("decide_question", signed_in(REFUSED) | dict.fromkeys(MARKERS, GO)
            | {"system_admin": answer}, lambda w: [w.apart_question, 1], "abroad", method,
            hidden=("Words that two read otherwise",))
        for method, answer in (("GET", OPEN), ("POST", GO))
    ),
    Row("marking_agreement", signed_in(REFUSED) | dict.fromkeys(MARKERS, OPEN),
        hidden=("tested-a-short.1", "tested-b-short.1")),
    Row("marking_agreement_answers", signed_in(REFUSED) | dict.fromkeys(MARKERS, OPEN),
        hidden=("Mm Marker",)),
    # certificates: whoever has the token reads; ending one is for those who administer it
    Row("certificate", everybody(OPEN), lambda w: [w.certificate.token]),
    Row("certificate", everybody(REFUSED), lambda w: ["A" * 24], "unknown"),
    Row("certificate_pdf", everybody(OPEN), lambda w: [w.certificate.token]),
    Row("certificate_pdf", everybody(GO), lambda w: ["A" * 24], "unknown, leads to its page"),
    Row("certificate_keys", everybody(OPEN)),
    Row("verify", everybody(OPEN)),
    Row("verify", everybody(OPEN), note="number with another name", method="POST",
        data=lambda w: {"number": w.certificate.serial, "name": "Somebody"},
        hidden=("Lubna Certified",), hidden_from=everyone),
    *(
        Row("certificate_revoke", signed_in(REFUSED) | dict.fromkeys(admins, answer), args, note,
            method, lambda w: {"code": "error", "note": "By mistake"})
        for method, answer in (("GET", OPEN), ("POST", GO))
        for note, admins, args in (
            ("own", ("programme_admin", "system_admin"), lambda w: [w.certificate.token]),
            ("other", ("system_admin",), lambda w: [w.foreign_certificate.token]),
        )
    ),
    # lists of people: a draft is for who uploaded it; what is imported for its programme as well
    Row("roster_list", signed_in(REFUSED) | dict.fromkeys(IMPORTERS, OPEN),
        hidden=("Listed Person", "Imported Person"), hidden_from=everyone),
    Row("roster_csv", signed_in(REFUSED) | dict.fromkeys(IMPORTERS, OPEN), hidden=("KH-12",)),
    Row("roster_xlsx", signed_in(REFUSED) | dict.fromkeys(IMPORTERS, OPEN)),
    *(
        Row("roster_new", signed_in(REFUSED) | dict.fromkeys(IMPORTERS, OPEN), method=method,
            hidden=("courses, Cambodia",))
        for method in ("GET", "POST")
    ),
    Row("roster", signed_in(REFUSED) | {"area_admin": OPEN}, lambda w: [w.draft.uuid],
        "draft with people outside the scope",
        hidden=("Known, with an account", "Import 3 people"), hidden_from=everyone),
    Row("roster", signed_in(REFUSED) | {"programme_admin": OPEN},
        lambda w: [w.programme_draft.uuid], "draft with somebody whom others manage",
        hidden=("Send 1 letter",), hidden_from=everyone),
    *(
        Row(name, signed_in(REFUSED) | {"area_admin": GO}, lambda w: [w.draft.uuid], "draft",
            "POST")
        for name in ("roster_choices", "roster_confirm", "roster_give_up")
    ),
    Row("roster", signed_in(REFUSED) | {"programme_admin": OPEN, "system_admin": OPEN},
        lambda w: [w.imported.uuid], "imported",
        hidden=("imported@example.org",), hidden_from=everyone),
    *(
        Row(name, signed_in(REFUSED) | {"programme_admin": answer, "system_admin": answer},
            lambda w, more=more: [w.imported.uuid, *more], "imported", "POST",
            lambda w: {"again": "uncertain"})
        for name, answer, more in (
            ("roster_confirm", GO, ()), ("roster_letters", GO, ()), ("roster_slips", OPEN, ("1",)),
            ("roster_choices", REFUSED, ()), ("roster_give_up", REFUSED, ()),
        )
    ),
    Row("roster_letters", signed_in(REFUSED) | {"system_admin": GO}, lambda w: [w.former.uuid],
        "uploaded by somebody whose programme it is no more", "POST",
        lambda w: {"again": "uncertain"}),
    *editions_rows.ROWS,
    *composing_rows.ROWS,
    *interchange_rows.ROWS,
    *training_access_rows.ROWS,
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
    # translations: translators begin and follow them, reviewers publish and confirm
    *(
        Row(name, in_admin("translator", "reviewer", "system_admin"))
        for name in ("translations", "translations_results")
    ),
    *(
        Row(name, in_admin("reviewer", "system_admin", answer=answer), args, note, method)
        for name, note, method, answer, args in (
            ("translation_review", "", "POST", GO, lambda w: [w.translation.pk]),
            ("translation_approve", "", "POST", GO, lambda w: [w.translation.pk]),
            ("translation_update", "", "GET", OPEN, lambda w: [w.translation.source_id]),
            ("translation_to_alias", "", "GET", OPEN, lambda w: [w.translated_page.pk]),
        )
    ),
    Row("translation_submit", in_admin("translator", "reviewer", "system_admin"),
        lambda w: [w.translated_page.pk]),
    Row("translation_upload", in_admin(*ROLES[5:], answer=GO), lambda w: [w.translation.pk],
        "without a file: back to the editor, which asks for itself", "POST"),
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
    *(
        row
        for method, answer in (("GET", OPEN), ("POST", GO))
        for row in (
            Row("person_second_factor", in_admin(*PEOPLE_ADMINS, answer=answer),
                lambda w: [w.locked_out.pk], "own", method, lambda w: {"reason": "Phone lost"}),
            Row("person_second_factor", in_admin("system_admin", answer=answer),
                lambda w: [w.locked_out_abroad.pk], "other", method,
                lambda w: {"reason": "Phone lost"}),
        )
    ),
    # joining two records of one person
    *(
        Row(name, in_admin(*admins), args, note)
        for name in ("person_merge", "person_records")
        for note, admins, args in (
            ("own", PEOPLE_ADMINS, own), ("other", ("system_admin",), other),
        )
    ),
    Row("person_merge", in_admin(*PEOPLE_ADMINS, answer=GO), own, "own with own", "POST",
        lambda w: {"other": w.own_double.pk, "reason": "Same card"}),
    Row("person_merge", in_admin("system_admin", answer=GO), own, "own with another's", "POST",
        lambda w: {"other": w.other_person.pk, "reason": "Same card"}, hidden=("Zz Elsewhere",)),
    # confirming the words of the site in one's own language
    Row("interface_translations:index", in_admin("reviewer", "system_admin")),
    Row("interface_translations:index_results", in_admin("reviewer", "system_admin")),
    Row("interface_translations:edit", in_admin("reviewer", "system_admin"),
        lambda w: [w.urdu.pk], "own"),
    Row("interface_translations:edit", in_admin("system_admin"), lambda w: [w.lao.pk], "other"),
    Row("interface_translations:edit", in_admin("reviewer", "system_admin", answer=GO),
        lambda w: [w.urdu.pk], "own", "POST", lambda w: {"confirmed": "on"}),
    Row("interface_translations:edit", in_admin("system_admin", answer=GO),
        lambda w: [w.lao.pk], "other", "POST", lambda w: {"confirmed": "on"}),
    Row("interface_translations:add", in_admin()),
    Row("interface_translations:delete", in_admin(), lambda w: [w.urdu.pk], "own"),
    # the other registers are the system administrator's
    *(
        Row(f"{register}:{view}", in_admin("system_admin"))
        for register in SYSTEM_REGISTERS
        for view in ("index", "index_results", "add")
    ),
    *(
        Row(f"{register}:{view}", in_admin("system_admin"), lambda w, r=register: [w.row_of(r)])
        for register in SYSTEM_REGISTERS
        for view in ("edit", "delete")
    ),
    *training_rows.ROWS,
    *training_people_rows.ROWS,
    *training_certificates_rows.ROWS,
    *regrading_rows.ROWS,
    *coursework_rows.ROWS,
    *reports_rows.ROWS,
    *standards_rows.ROWS,
    *training_results_rows.ROWS,
]  # fmt: skip

# Addresses of libraries: one expectation for all that begin so. `refused` lists the roles that
# must never get such a page; what the others get is the library's own business and tests.
OUTSIDE_ADMIN = tuple(role for role in ROLES if role not in IN_ADMIN)
ALL_BUT_SYSTEM = tuple(role for role in ROLES if role != "system_admin")
LIBRARIES: dict[str, tuple[str, ...]] = {
    "wagtailusers_": ROLES,  # accounts and groups follow from our registers
    "wagtailsites": ALL_BUT_SYSTEM,
    "wagtaillocales": ALL_BUT_SYSTEM,
    "wagtailadmin_collections": ALL_BUT_SYSTEM,
    "wagtailadmin": OUTSIDE_ADMIN,
    "wagtailimages": OUTSIDE_ADMIN,
    "wagtaildocs": OUTSIDE_ADMIN,
    "wagtailembeds": OUTSIDE_ADMIN,
    "wagtailsnippet": OUTSIDE_ADMIN,
    "wagtail_bulk_action": OUTSIDE_ADMIN,
    "wagtail_localize:": OUTSIDE_ADMIN,
    "account_": (),
    "mfa_": (),
    "wagtailcore_": (),
}
# Library addresses that answer without being a page of theirs: scripts, help texts, signing out.
HARMLESS = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "wagtailadmin_logout"}
