"""R5, R15: twenty certificates at the same moment get the numbers 1 to 20, and one gets one.

The functions without `test_` are called on the site's own data: see `Ground.run`.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from learning.certificates import issuing
from learning.certificates.issuing import issue_due
from learning.certificates.models import Certificate, Register
from learning.certificates.signing import is_genuine
from learning.enrolment.models import Enrolment
from learning.people.models import Area
from tests.cast import make_user
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.sizes import ON_BOTH_DATABASES
from tests.learning.certificates.making import make_version, read_everything

pytestmark = ON_BOTH_DATABASES

AT_ONCE = 20

type Issue = Callable[[Enrolment], object]


def issue_together(course: str, number: int, area: str, *, broken: bool = False) -> dict[str, Any]:
    """Twenty people of one country finish one course at the same moment."""
    enrolments = finishers(course, number, area, AT_ONCE)
    with (
        patch.object(issuing, "_register_with_next_number", as_was_read)
        if broken
        else patch.dict({})
    ):
        errors = at_once(issue_after_a_look if broken else issue_due, enrolments)
    return found(enrolments, errors)


def issue_one_often(course: str, number: int, area: str) -> dict[str, Any]:
    """One person's certificate is asked for twenty times at the same moment."""
    enrolments = finishers(course, number, area, 1) * AT_ONCE
    return found(enrolments, at_once(issue_due, enrolments))


def finishers(course: str, number: int, area: str, count: int) -> list[Enrolment]:
    call_command("createcachetable", verbosity=0)
    version, place = make_version(course, number), Area.objects.get(code=area)
    people = [make_user(f"{course}-{n}", f"Person {n}", place).person for n in range(count)]
    return [read_everything(person, version) for person in people]


def at_once(issue: Issue, enrolments: list[Enrolment]) -> list[str]:
    """Let all begin together; returns what went wrong."""
    ready = Barrier(len(enrolments))

    def one(enrolment: Enrolment) -> str:
        enrolment = Enrolment.objects.get(pk=enrolment.pk)
        ready.wait()
        try:
            return "" if issue(enrolment) else "nothing issued"
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a finding)
            return repr(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(enrolments)) as pool:
        return [word for word in pool.map(one, enrolments) if word]


def found(enrolments: list[Enrolment], errors: list[str]) -> dict[str, Any]:
    certificates = Certificate.objects.filter(enrolment__in=enrolments).order_by("number")
    return {
        "numbers": [one.number for one in certificates],
        "last": list({one.register.last for one in certificates.select_related("register")}),
        "genuine": sum(is_genuine(c.token, c.statement, c.signature) for c in certificates),
        "errors": errors,
    }


read = local()


def issue_after_a_look(enrolment: Enrolment) -> object:
    """The fault to be found: the next number is read before the transaction that uses it."""
    last = Register.objects.order_by("-pk").values_list("last", flat=True).first() or 0
    read.number = last + 1
    time.sleep(0.005)
    return issue_due(enrolment)


def as_was_read(issuer: Any, cohort: Any) -> Register:
    register, _made = Register.objects.get_or_create(
        organisation=issuer.organisation,
        programme=cohort.programme,
        year=timezone.localdate().year,
        code=issuer.code,
    )
    Register.objects.filter(pk=register.pk).update(last=read.number)
    register.last = read.number
    return register


def test_certificates_issued_together_are_numbered_without_gap(ground: Ground):
    result = ground.run("test_certificates.issue_together", course="many", number=61, area="PK-PB")

    assert result["errors"] == []
    assert result["numbers"] == list(range(1, AT_ONCE + 1))
    assert (result["last"], result["genuine"]) == ([AT_ONCE], AT_ONCE)
    Figures("R15 numbers", ground.database).write(at_once=AT_ONCE, gaps=0, doubled=0)


def test_certificate_asked_for_often_is_issued_once(ground: Ground):
    result = ground.run("test_certificates.issue_one_often", course="one", number=62, area="KH-12")

    assert result == {"numbers": [1], "last": [1], "genuine": 1, "errors": []}
    Figures("R5 certificate", ground.database).write(asked=AT_ONCE, issued=1)


def test_control_numbers_read_beforehand_are_found(ground: Ground):
    result = ground.run(
        "test_certificates.issue_together", course="broken", number=63, area="LA-VT", broken=True
    )

    assert result["errors"] or len(result["numbers"]) < AT_ONCE
