"""R5, R15: twenty certificates at the same moment get the numbers 1 to 20, and one gets one; eight
administrators who issue those of one session issue each once.

The functions without `test_` are called on the site's own data: see `Ground.run`.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db import connections, transaction
from django.db.models import Max
from django.test import override_settings
from django.utils import timezone

from learning.cascade.certifying import Line, approve_batch, evidence_of, proposals_of
from learning.cascade.models import Event
from learning.cascade.registering import participants_of
from learning.certificates import issuing
from learning.certificates.awarding import Rule
from learning.certificates.issuing import issue_due
from learning.certificates.models import Certificate, Grade, Register
from learning.certificates.signing import is_genuine
from learning.enrolment.enrolling import self_paced_code
from learning.enrolment.models import Enrolment
from learning.people.models import Area, User
from tests.cast import Cast, make_user
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.sizes import ON_BOTH_DATABASES
from tests.learning.cascade.making import verified_event
from tests.learning.certificates.making import make_version, read_everything

pytestmark = ON_BOTH_DATABASES

AT_ONCE = 20
APPROVERS = 8
QUICKLY = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])

type Issue = Callable[[Enrolment], object]


def issue_together(course: str, number: int, area: str, *, broken: bool = False) -> dict[str, Any]:
    """Twenty people of one country finish one course at the same moment."""
    enrolments = finishers(course, number, area, AT_ONCE)
    before = last_number(area)
    with (
        patch.object(issuing, "_register_with_next_number", as_was_read)
        if broken
        else patch.dict({})
    ):
        errors = at_once(anew(issue_after_a_look if broken else issue_due), enrolments)
    return found(enrolments, errors, before)


def issue_one_often(course: str, number: int, area: str) -> dict[str, Any]:
    """One person's certificate is asked for twenty times at the same moment."""
    enrolments = finishers(course, number, area, 1) * AT_ONCE
    before = last_number(area)
    return found(enrolments, at_once(anew(issue_due), enrolments), before)


def last_number(area: str) -> int:
    """Of self-paced courses of its country: other drills issue such certificates, too."""
    country = Area.objects.get(code=area).country_code
    registers = Register.objects.filter(programme__code=self_paced_code(country))
    return registers.aggregate(last=Max("last"))["last"] or 0


def approve_together() -> dict[str, Any]:
    """Eight administrators issue certificates of one verified session at the same moment: of its
    first two people as the page does, of the third without a look at what the others did."""
    call_command("createcachetable", verbosity=0)
    with QUICKLY:
        event = verified_event(Cast())
        approvers = [
            make_user(f"approver-{n}", f"Approver {n}", event.area) for n in range(APPROVERS)
        ]
    *both, third = participants_of(event)
    line = proposals_of(event)[-1]

    def approve(by: User) -> object:
        event_now = Event.objects.with_all_it_needs().get(pk=event.pk)
        return approve_batch(event_now, [one.pk for one in both], by) or "issued already"

    return {
        "together": found(both, at_once(approve, approvers)),
        "control": at_once(lambda by: issue_unasked(event, line), approvers),
        "third": found([third], [])["numbers"],
    }


@transaction.atomic
def issue_unasked(event: Event, line: Line) -> object:
    """The fault to be found: issued because it was due a moment ago."""
    evidence = evidence_of(event, line.attendance, line.mark)
    proposal = issuing.propose(line.enrolment, Grade.ACHIEVEMENT, evidence, Rule().values)
    return issuing._insert(proposal)


def finishers(course: str, number: int, area: str, count: int) -> list[Enrolment]:
    call_command("createcachetable", verbosity=0)
    version, place = make_version(course, number), Area.objects.get(code=area)
    with QUICKLY, transaction.atomic():
        people = [make_user(f"{course}-{n}", f"Person {n}", place).person for n in range(count)]
        return [read_everything(person, version) for person in people]


def anew(issue: Issue) -> Callable[[Enrolment], object]:
    """`issue` of an enrolment that is read once more, as a request would."""
    return lambda enrolment: issue(Enrolment.objects.get(pk=enrolment.pk))


def at_once[T](act: Callable[[T], object], things: Sequence[T]) -> list[str]:
    """Let all begin together; returns what went wrong."""
    ready = Barrier(len(things))

    def one(thing: T) -> str:
        ready.wait()
        try:
            return "" if act(thing) else "nothing issued"
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a finding)
            return repr(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(things)) as pool:
        return [word for word in pool.map(one, things) if word]


def found(enrolments: list[Enrolment], errors: list[str], before: int = 0) -> dict[str, Any]:
    """Numbers are counted from those that were given `before`."""
    certificates = Certificate.objects.filter(enrolment__in=enrolments).order_by("number")
    registers = {one.register for one in certificates.select_related("register")}
    return {
        "numbers": [one.number - before for one in certificates],
        "last": [register.last - before for register in registers],
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


def test_a_session_issued_by_many_is_issued_once(ground: Ground):
    result = ground.run("test_certificates.approve_together")

    assert result["together"] == {"numbers": [1, 2], "last": [2], "genuine": 2, "errors": []}
    assert (result["third"], len(result["control"])) == ([3], APPROVERS - 1)
    Figures("R5 session", ground.database).write(
        approvers=APPROVERS, issued=2, doubled=0, control_errors=len(result["control"])
    )


def test_control_numbers_read_beforehand_are_found(ground: Ground):
    result = ground.run(
        "test_certificates.issue_together", course="broken", number=63, area="LA-VT", broken=True
    )

    assert result["errors"] or len(result["numbers"]) < AT_ONCE
