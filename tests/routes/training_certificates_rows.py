"""The matrix of certificates of sessions and of accreditation."""

from datetime import date
from typing import Any
from uuid import uuid4

from tests.routes.rows import GO, OPEN, REFUSED, Row, signed_in
from tests.routes.training_rows import SEES, VERIFIES
from tests.routes.world import World

ACCREDITS = ("programme_admin", "system_admin")  # the programme is of the country


def own(world: World) -> list[Any]:
    return [world.event.uuid]


def foreign(world: World) -> list[Any]:
    return [world.foreign_event.uuid]


def sure(world: World) -> dict[str, Any]:
    return {"chosen": [world.participant.pk], "sure": "on"}


def granting(programme: str) -> Any:
    """The trainer of the cast, for 2026."""

    def data(world: World) -> dict[str, Any]:
        chosen = getattr(world, programme).cohort.programme
        return {
            "fact": uuid4(),
            "person": world.cast.trainer.person.pk,
            "programme": chosen.pk,
            "level": "trainer",
            "valid_from": date(2026, 1, 1),
            "reason": "Observed",
        }

    return data


def only(*roles: str, answer: str = OPEN) -> dict[str, str]:
    return signed_in(REFUSED) | dict.fromkeys(roles, answer)


ROWS = [
    # the certificates of one session
    Row("event_certificates", only(*SEES), own, hidden=("Ff Foreign",)),
    Row("event_certificates", only("system_admin"), foreign, "abroad"),
    Row("event_certificates", only(*VERIFIES, answer=GO), own, "issue", "POST", sure),
    Row("event_certificates", only("system_admin", answer=GO), foreign, "abroad", "POST", sure),
    Row("event_certificates_pdf", only(*SEES), own),
    Row("event_certificates_pdf", only("system_admin", answer=GO), foreign, "abroad, none yet"),
    *(
        Row("certificate_revoke", only(*VERIFIES, answer=answer),
            lambda w: [w.event_certificate.token], "of a session in Punjab", method,
            lambda w: {"code": "error", "note": "By mistake"})
        for method, answer in (("GET", OPEN), ("POST", GO))
    ),
    # who may train
    Row("accreditations", only(*SEES), hidden=("Zz Elsewhere", "Foreign programme")),
    Row("accreditation_grant", only(*VERIFIES), hidden=("Zz Elsewhere", "Foreign programme")),
    Row("accreditation_grant", only(*ACCREDITS, answer=GO) | {"area_admin": OPEN},
        note="own; the form offers no country's programme to a province", method="POST",
        data=granting("event")),
    Row("accreditation_grant", only(*VERIFIES) | {"system_admin": GO},
        note="of another programme: refused by the form", method="POST",
        data=granting("foreign_event")),
    *(
        Row("accreditation_withdraw", only(*roles, answer=answer), args, note, method,
            lambda w: {"reason": "Stopped training"})
        for method, answer in (("GET", OPEN), ("POST", GO))
        for note, roles, args in (
            ("own", ACCREDITS, lambda w: [w.accreditation.pk]),
            ("abroad", ("system_admin",), lambda w: [w.foreign_accreditation.pk]),
        )
    ),
]  # fmt: skip
