"""The matrix of reports: lists for who administers, aggregates for viewers, nothing for others."""

from tests.routes.rows import GO, OPEN, REFUSED, Row, in_admin, signed_in

ADMINISTERS = ("area_admin", "organisation_admin", "programme_admin", "system_admin")
READS = (*ADMINISTERS, "viewer")
SETS_TARGETS = ("programme_admin", "system_admin")
KNOWS_KEYS = ("programme_admin", "system_admin", "author", "reviewer")
# Of a session, a person and a certificate of another country.
ABROAD = ("Ff Foreign", "Zz Elsewhere", "Foreign programme", "Outi Outsider")


def at_home(role: str) -> bool:
    """Who must see nothing of another country; the outsider reads her own name on every page."""
    return role not in {"system_admin", "outsider"}


def of_a_part(role: str) -> bool:
    """Who sees a part of the programme sees no target of the whole."""
    return role in {"area_admin", "organisation_admin"}


ROWS: list[Row] = [
    Row("reports", signed_in(REFUSED) | dict.fromkeys(READS, OPEN), hidden=("Foreign programme",)),
    Row("report_completion", signed_in(REFUSED) | dict.fromkeys(READS, OPEN), hidden=ABROAD,
            hidden_from=at_home),
    *(
        Row(name, signed_in(REFUSED) | dict.fromkeys(ADMINISTERS, OPEN), hidden=ABROAD,
            hidden_from=at_home)
        for name in (
            *("report_people", "report_sessions", "report_certificates"),
            *("report_trainers", "report_people_register"),
        )
    ),
    Row("report_trainers", signed_in(REFUSED) | dict.fromkeys(ADMINISTERS, OPEN),
        note="one who works and trains in another province", hidden=("Tt Farther",),
        hidden_from=of_a_part),
    # how questions do: also for who writes them, but never who answered
    Row("report_forms", signed_in(REFUSED) | dict.fromkeys((*READS, "author", "reviewer"), OPEN),
        hidden=ABROAD, hidden_from=at_home),
    Row("report_before_after", signed_in(REFUSED) | dict.fromkeys(READS, OPEN), hidden=ABROAD,
        hidden_from=at_home),
    Row("report_before_after_people", signed_in(REFUSED) | dict.fromkeys(ADMINISTERS, OPEN),
        hidden=ABROAD, hidden_from=at_home),
    Row("report_form_people", signed_in(REFUSED) | dict.fromkeys(ADMINISTERS, OPEN),
        hidden=ABROAD, hidden_from=at_home),
    Row("report_items", signed_in(REFUSED) | dict.fromkeys((*READS, "author", "reviewer"), OPEN),
        hidden=ABROAD, hidden_from=at_home),
    *(
        Row(name, signed_in(REFUSED) | dict.fromkeys(ADMINISTERS, OPEN), hidden=ABROAD,
            hidden_from=at_home)
        for name in ("report_item_people", "report_responses")
    ),
    # with its key: for who may have it marked again and for who writes it
    Row("report_item", signed_in(REFUSED) | dict.fromkeys(KNOWS_KEYS, OPEN),
        lambda w: ["nobody-was-asked", 1]),
    *(
        Row(name, signed_in(REFUSED) | dict.fromkeys(roles, OPEN), args, note, hidden=ABROAD,
            hidden_from=at_home)
        for name in ("report_programme", "report_programme_pdf")
        for note, roles, args in (
            ("own", READS, lambda w: [w.cast.programme.code]),
            ("other", ("system_admin",), lambda w: [w.foreign_event.cohort.programme.code]),
        )
    ),
    Row("report_programme", signed_in(REFUSED) | dict.fromkeys(READS, OPEN),
        lambda w: [w.cast.programme.code], "targets of a part", hidden=("target 77%",),
        hidden_from=of_a_part),
    # targets, in the administration
    *(
        Row(f"targets:{view}", in_admin(*SETS_TARGETS), hidden=("Foreign programme",))
        for view in ("index", "index_results", "add")
    ),
    *(
        Row(f"targets:{view}", in_admin(*roles), args, note)
        for view in ("edit", "delete")
        for note, roles, args in (
            ("own", SETS_TARGETS, lambda w: [w.target.pk]),
            ("other", ("system_admin",), lambda w: [w.foreign_target.pk]),
        )
    ),
    Row("targets:edit", in_admin("system_admin", answer=GO), lambda w: [w.foreign_target.pk],
        "other", "POST", lambda w: {
            "programme": w.foreign_target.programme_id, "area": w.foreign_target.area_id,
            "unit": "women", "year": 2026, "value": 1}),
]  # fmt: skip
