"""A country full of marks: everything of it is called “Zuq Canary …”.

One word is searched for and the other looked for, because pages repeat what was searched for.
"""

from django.test import override_settings

from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.targets import Target
from learning.certificates.keys import seed_of
from learning.certificates.models import Issuer
from learning.people.merging import merge
from learning.people.models import Area, Organisation, Person, Programme, Role, RoleGrant
from modules.papers.models import Purpose
from tests.cast import Cast, make_user
from tests.learning.attempts.sitting import answer, make_tested_course, position_of
from tests.learning.attempts.sitting import enrol as start_tested
from tests.learning.cascade.making import add, make_event, there
from tests.learning.certificates.making import certify
from tests.learning.reporting.making import crowd, hold

NAMES = {"Latn": "Zuq Canary Person", "Laoo": "Zuq Canary ບຸກຄົນ"}


@override_settings(SIGNING_KEY=seed_of("the key of the drill"))
def mark_country(cast: Cast) -> None:
    """Programme, body, people with accounts and roles, sessions, results, certificates, targets."""
    laos = Area.objects.get(code="LA")
    body = Organisation.objects.create(
        code="canary-body", area=laos, names={"en": "Zuq Canary body"}
    )
    programme = Programme.objects.create(
        code="canary-programme", area=laos, names={"en": "Zuq Canary programme"}
    )
    Issuer.objects.create(programme=programme, organisation=body, code="LA-CANARY")
    Target.objects.create(programme=programme, area=laos, unit="people", year=2026, value=1)
    trainer = make_user("canary-trainer", "Zuq Canary Trainer", laos, body)
    RoleGrant.objects.create(user=trainer, role=Role.TRAINER, programme=programme)
    course = make_tested_course("tested", 84)
    learner = make_user("canary-learner", "Zuq Canary Learner", laos, body)
    enrolment = start_tested(learner, course)
    written(enrolment)
    certify(enrolment)
    sessions(cast, programme, body, trainer.person, course.course.versions.get())
    double = Person.objects.create(names=NAMES, area_of_work=laos, organisation=body)
    merge(learner.person, double, "Zuq Canary reason", None)


def written(enrolment) -> None:
    """An answer in her own words that waits to be marked."""
    sitting = start(enrolment, Purpose.POST)
    save_answer(sitting, answer(sitting, position_of(sitting, "short"), "Zuq Canary words"))
    hand_in(sitting, None)


def sessions(cast, programme, body, lead, version) -> None:
    """One that is planned, one that waits for verification, one that is verified."""
    about = {"programme": programme, "host": body, "venue": "Zuq Canary hall"}
    event = make_event(cast, area=body.area, lead=lead, version=version, **about)
    there_is = add(event, "Zuq Canary Participant", organisation=body, area=body.area)
    there(event)
    for state in ("reported", "verified"):
        people = crowd(2, organisation=body, area_of_work=body.area)
        Person.objects.filter(pk__in=[one.pk for one in people]).update(names=NAMES)
        hold(
            cast,
            [*people, there_is.person],
            area="LA",
            lead=lead,
            state=state,
            version=version,
            **about,
        )
