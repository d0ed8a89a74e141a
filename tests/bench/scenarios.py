"""What is measured: a day's pages and steps of learners, trainers and administrators."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle, product

from django.conf import settings
from django.db import connection
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.questions import questions_of
from learning.attempts.taking import start
from learning.certificates.models import Certificate
from learning.enrolment.enrolling import country_of, start_course
from learning.enrolment.models import Enrolment
from learning.people.models import Area
from learning.people.roles import DEMO_PASSWORD
from modules.courses.models import Course
from modules.papers.models import Purpose
from tests.bench.asking import read, session_of, sessions, visitors
from tests.bench.measuring import ROUNDS, Scenario
from tests.bench.reports import completion, session_reports
from tests.bench.served import Reply, Visitor
from tests.cast import make_user

COURSE = "coordination"
LESSON = f"/courses/{COURSE}/mapping/"
PRACTICE = "/practice/co-two-payers/"
PLAIN = "a plain page"
SAVED = 20  # answers of a sitting: each of the 15 questions, five of them twice
SITTINGS = 8  # a round
CROWD = 150  # who sit when many do
PRINTED = 20  # certificates a round
JSON = "application/json"


def scenarios(port: int, groups: Iterable[str] = ()) -> list[Scenario]:
    """The yardsticks, then those of `groups` (all without any); makes who and what they need."""
    learner = enrolled("bench-learner")
    signed_in = sessions(port, learner.person.user)
    found = [
        Scenario("nothing", visitors(port), read("/bench/nothing/"), 100),
        Scenario(PLAIN, signed_in, read("/bench/plain/"), 60),
    ]
    for group in groups or GROUPS:
        found += GROUPS[group](port)
    return found


# --- learners ------------------------------------------------------------------------------------


def enrolled(name: str) -> Enrolment:
    user, course = make_user(name, name.title(), Area.objects.get(code="PK-PB")), the_course()
    return start_course(user.person, course, country_of(user.person, course), by=user)


def the_course() -> Course:
    return Course.objects.get(code=COURSE)


# --- what they do --------------------------------------------------------------------------------


def pages(port: int) -> list[Scenario]:
    anybody = visitors(port)
    signed_in = sessions(port, enrolled("bench-reader").person.user)
    return [
        Scenario("lesson, visitor, kept", anybody, read(LESSON), 100, aim=0.5),
        Scenario("lesson, learner", signed_in, read(LESSON), 60, aim=2),
        Scenario("learner’s home", signed_in, read("/"), 60, aim=2.5),
        Scenario("practice answer", signed_in, practise, 60),
        Scenario("sign-in", anybody, sign_in, 6),
    ]


def practise(visitor: Visitor) -> Sequence[Reply]:
    return [visitor.post(PRACTICE, {"check": "1", "answer": "a"}, JSON)]


def sign_in(visitor: Visitor) -> Sequence[Reply]:
    visitor.get("/accounts/login/")
    fields = {"login": "learner@demo.test", "password": DEMO_PASSWORD}
    return [visitor.post("/accounts/login/", fields)]


def answer(address: str, place: int = 1) -> tuple[str, dict[str, object]]:
    """An answer to a question with one right option: its address and its fields."""
    return address, {
        "answer": place,
        "fact": uuid.uuid4(),
        "device": uuid.uuid4(),
        "seq": 1,
        "captured": timezone.now().isoformat(),
    }


def one_answer(port: int) -> Scenario:
    sitting = start(enrolled("bench-answers"), Purpose.PRE)
    address = choice_addresses(sitting)[0]
    visitor = session_of(port, sitting.enrolment.person.user)

    def act(who: Visitor) -> Sequence[Reply]:
        return [who.post(*answer(address), JSON)]

    return Scenario("one answer saved", lambda: Visitor(port, dict(visitor.cookies)), act, 60, 0.6)


def choice_addresses(sitting: Sitting) -> list[str]:
    choices = [q for q in questions_of(sitting) if q.kind in {"single", "scenario", "truefalse"}]
    return [f"/tests/{sitting.uuid}/{question.item.position}/" for question in choices]


def whole_sitting(port: int) -> Scenario:
    """Begin, look at the paper, save twenty answers one by one, hand in; each by a new learner."""
    waiting = ready_to_sit(port, (SITTINGS + 2) * (ROUNDS + 1) + CROWD)

    def act(who: Visitor) -> Sequence[Reply]:
        begun = who.post(f"/courses/{COURSE}/tests/pre/", {})
        seen = who.get(who.get(begun.location).location)
        sitting = begun.location.rstrip("/").rpartition("/")[2]
        addresses = choice_addresses(Sitting.objects.get(uuid=sitting))
        connection.close()  # this may be one of many threads
        turns = cycle(addresses)
        saved = [who.post(*answer(next(turns)), JSON) for _ in range(SAVED)]
        return [begun, seen, *saved, who.post(f"/tests/{sitting}/hand-in/", {})]

    name = f"whole sitting ({SAVED} answers)"
    return Scenario(name, lambda: next(waiting), act, SITTINGS, aim=15)


def ready_to_sit(port: int, people: int) -> Iterator[Visitor]:
    made = [enrolled(f"bench-sitter-{number}") for number in range(people)]
    return iter([session_of(port, enrolment.person.user) for enrolment in made])


def certificates(port: int) -> Scenario:
    """Each one is another, so that none is kept from before."""
    tokens = list(Certificate.objects.order_by("pk").values_list("token", flat=True))
    languages = [code for code, _name in settings.LANGUAGES]
    paths = iter(f"/certificates/{t}.pdf?lang={lang}" for lang, t in product(languages, tokens))

    def act(who: Visitor) -> Sequence[Reply]:
        return [who.get(next(paths))]

    return Scenario("certificate as PDF", visitors(port), act, PRINTED, aim=4)


GROUPS: dict[str, Callable[[int], list[Scenario]]] = {
    "pages": pages,
    "tests": lambda port: [one_answer(port), whole_sitting(port)],
    "completion": lambda port: completion(port, the_course()),
    # Most of the certificates are those of the classes before.
    "certificates": lambda port: [certificates(port)],
    "sessions": session_reports,
}
