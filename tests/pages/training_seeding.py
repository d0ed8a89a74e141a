"""Training sessions in every state, run by one trainer; `seeding` calls it."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from learning.attempts.questions import questions_of
from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.accrediting import grant
from learning.cascade.certifying import approve_batch
from learning.cascade.clashing import Slot
from learning.cascade.closing import cancel, report, send_back, verify
from learning.cascade.headcounting import set_headcounts
from learning.cascade.models import Accreditation, Event, Facilitation
from learning.cascade.planning import Plan, cancel_unit, plan_event
from learning.certificates.models import Issuer
from learning.people.models import Area, Organisation, Person, Programme, Role, User
from learning.people.roles import DEMO_PASSWORD, grant_role
from modules.courses.models import CourseVersion
from modules.papers.models import Purpose
from tests.learning.attempts.sitting import answer, open_test
from tests.learning.cascade.making import AFTERNOON, MORNING, add, loaded, note, there

PEOPLE = ("Aamir Baloch", "Bano Gul", "Chand Bibi", "Danish Raza", "Erum Naz")


class Sessions:
    """Made on the days around today, none of them in the same half-day as another."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.admin = User.objects.get(username="admin@demo.test")
        self.version = CourseVersion.objects.filter(course__code="coordination").last()
        self.programme = Programme.objects.create(
            code="simplify-pk",
            area=Area.objects.get(code="PK"),
            names={"en": "SIMPLIFY Pakistan (invented)"},
        )
        self.host = Organisation.objects.get(code="demo-institution")
        self.trainer = self.account("leading", "Sana Malik", {"Arab": "ثنا ملک"})
        self.other = self.account("helping", "Rehan Shah", {})
        year = dt.date(self.today.year, 1, 1), dt.date(self.today.year + 1, 3, 14)
        level = Accreditation.Level.MASTER
        self.accreditation = grant(
            self.trainer.person, self.programme, level, *year, "Observed twice", self.admin
        )
        Issuer.objects.create(programme=self.programme, organisation=self.host, code="PK-SEED")

    def account(self, username: str, name: str, more: dict[str, str]) -> User:
        person = Person.objects.create(
            names={"Latn": name} | more, area_of_work=Area.objects.get(code="PK-PB")
        )
        address = f"{username}@demo.test"
        user = User.objects.create_user(address, address, DEMO_PASSWORD, person=person)
        grant_role(user, Role.TRAINER, self.programme)
        return user

    def plan(self, days: Sequence[int], area: str, venue: str, **fields: object) -> Event:
        """On these days from today on, mornings and afternoons."""
        dates = [self.today + dt.timedelta(days=n) for n in days]
        hours = fields.pop("hours", (MORNING, AFTERNOON))
        plan = {
            "programme": self.programme,
            "course_version": self.version,
            "kind": Event.Kind.CASCADE,
            "mode": Event.Mode.ROOM,
            "area": Area.objects.get(code=area),
            "venue": venue,
            "slots": [Slot(day, *one) for day in dates for one in hours],
            "team": [
                (self.trainer.person, Facilitation.Role.LEAD),
                (self.other.person, Facilitation.Role.CO),
            ],
            "languages": ["ur", "en"],
            "host": self.host,
            "planned": 24,
        }
        return loaded(plan_event(Plan(**plan | fields), self.trainer))

    def people(self, event: Event, many: int = 5) -> Event:
        for n, name in enumerate(PEOPLE[:many]):
            add(event, name, sex="male" if n % 2 == 0 else "female", constituency="government")
        return event

    def held(self, days: Sequence[int], area: str, venue: str, **fields: object) -> Event:
        """With everybody there all the time."""
        event = self.people(self.plan(days, area, venue, **fields))
        there(event)
        return event

    def sent(self, days: Sequence[int], area: str, venue: str, **fields: object) -> Event:
        event = self.held(days, area, venue, **fields)
        report(event, self.trainer)
        return event

    def counted(self, days: Sequence[int], venue: str) -> Event:
        event = self.plan(
            days,
            "PK-PB",
            venue,
            kind=Event.Kind.AWARENESS,
            counting=Event.Counting.HEADCOUNT,
            hours=(MORNING,),
        )
        counts = {("female", "employer"): 12, ("male", "employer"): 27, ("", ""): 2}
        set_headcounts(event, counts, self.trainer)
        return event


def make_sessions() -> dict[str, str]:
    """One session in each state; returns their ids by the names that paths of shots use."""
    make = Sessions()
    with_gaps = make.people(make.plan([-4, -3], "PK-BA", "Regional office, Quetta"))
    first = list(with_gaps.cohort.enrolments.all())[:3]
    for enrolment in first:
        note(with_gaps, enrolment, ["present", "present", "late", "absent"])
    cancel_unit(with_gaps, with_gaps.held_units[2], "Strike of the buses")
    returned = make.sent([-12, -11], "PK-SD", "Labour hall, Karachi")
    send_back(returned, make.admin, "Two names on the signed sheet of day 2 are not in the roll.")
    verified = make.sent([-31, -30], "PK-PB", "Directorate 03, Multan")
    verify(verified, make.admin)
    certified = make.sent([-51, -50], "PK-PB", "Directorate 03, Okara")
    verify(certified, make.admin)
    people = certified.cohort.enrolments.values_list("pk", flat=True)
    approve_batch(loaded(certified), set(people), make.admin)
    counted = make.counted([-40], "Chamber of commerce, Lahore")
    report(counted, make.trainer)
    verify(counted, make.admin)
    today = make.people(make.plan([0], "PK-PB", "Labour hall, Lahore"))
    begin_tests(today)
    cancelled = make.plan([9], "PK-KP", "Peshawar")
    cancel(cancelled, make.trainer, "The hall was flooded.")
    found = {
        "event_next": make.people(make.plan([5, 6], "PK-PB", "Directorate 07, Faisalabad"), many=3),
        "event_later": make.plan([20], "PK-PB", "Okara", hours=(MORNING,)),
        "event_gaps": with_gaps,
        "event_today": today,
        "event_ready": make.held([-8], "PK-PB", "Directorate 07, Sargodha"),
        "event_returned": returned,
        "event_reported": make.sent([-16, -15], "PK-PB", "Directorate 01, Lahore"),
        "event_verified": verified,
        "event_certified": certified,
        "event_counting": make.counted([-2], "Trade union hall, Sialkot"),
        "event_counted": counted,
        "event_cancelled": cancelled,
    }
    places = {name: str(event.uuid) for name, event in found.items()}
    return places | {"accreditation": str(make.accreditation.pk)}


def begin_tests(event: Event) -> None:
    """Of five people one has handed in, two are at it, and two have not begun."""
    open_test(event.cohort, Purpose.PRE)
    for n, enrolment in enumerate(list(event.cohort.enrolments.all())[:3], 2):
        sitting = start(enrolment, Purpose.PRE)
        single = [q for q in questions_of(sitting) if q.kind == "single"]
        for question in single[: 2 * n]:
            save_answer(sitting, answer(sitting, question.item.position, "a"))
    hand_in(sitting, None)
