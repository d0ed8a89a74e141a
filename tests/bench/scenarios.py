"""What is measured: a day's pages and steps of learners, trainers and administrators."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

from django.test import Client
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.questions import questions_of
from learning.attempts.taking import start
from learning.certificates.models import Certificate
from learning.enrolment.enrolling import country_of, start_course
from learning.enrolment.models import Enrolment
from learning.people.models import Area, User
from learning.people.roles import DEMO_PASSWORD
from modules.courses.models import Course
from modules.papers.models import Purpose
from tests.bench.measuring import ROUNDS, Scenario
from tests.bench.served import Reply, Visitor
from tests.cast import make_user

COURSE = "coordination"
LESSON = f"/courses/{COURSE}/mapping/"
PRACTICE = "/practice/co-two-payers/"
PLAIN = "a plain page"
SAVED = 20  # answers of a sitting: each of the 15 questions, five of them twice
SITTINGS = 8  # a round
PRINTED = 20  # certificates a round
JSON = "application/json"


def scenarios(port: int) -> list[Scenario]:
    """The yardsticks first. Makes the people and papers that they need."""
    learner = enrolled("bench-learner")
    signed_in = sessions(port, learner.person.user)
    anybody = visitors(port)
    return [
        Scenario("nothing", anybody, read("/bench/nothing/"), 100),
        Scenario(PLAIN, signed_in, read("/bench/plain/"), 60),
        Scenario("lesson, visitor, kept", anybody, read(LESSON), 100, aim=0.5),
        Scenario("lesson, learner", signed_in, read(LESSON), 60, aim=2),
        Scenario("learner’s home", signed_in, read("/"), 60, aim=2.5),
        Scenario("practice answer", signed_in, practise, 60),
        one_answer(port),
        whole_sitting(port),
        certificates(port),
        Scenario("sign-in", anybody, sign_in, 6, crowd=False),
    ]


# --- who asks ------------------------------------------------------------------------------------


def visitors(port: int) -> Callable[[], Visitor]:
    return lambda: Visitor(port)


def sessions(port: int, user: User) -> Callable[[], Visitor]:
    """The same person each time, on the same device."""
    visitor = session_of(port, user)
    return lambda: Visitor(port, dict(visitor.cookies))


def session_of(port: int, user: User) -> Visitor:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="learning.people.adapter.AccountBackend")
    visitor = Visitor(port, {name: morsel.value for name, morsel in client.cookies.items()})
    visitor.get("/accounts/")  # brings the token that forms send along
    return visitor


def enrolled(name: str) -> Enrolment:
    user, course = make_user(name, name.title(), Area.objects.get(code="PK-PB")), the_course()
    return start_course(user.person, course, country_of(user.person, course), by=user)


def the_course() -> Course:
    return Course.objects.get(code=COURSE)


# --- what they do --------------------------------------------------------------------------------


def read(path: str) -> Callable[[Visitor], Sequence[Reply]]:
    return lambda visitor: [visitor.get(path)]


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
    waiting = ready_to_sit(port, (SITTINGS + 2) * (ROUNDS + 1))

    def act(who: Visitor) -> Sequence[Reply]:
        begun = who.post(f"/courses/{COURSE}/tests/pre/", {})
        seen = who.get(who.get(begun.location).location)
        sitting = begun.location.rstrip("/").rpartition("/")[2]
        addresses = choice_addresses(Sitting.objects.get(uuid=sitting))
        turns = cycle(addresses)
        saved = [who.post(*answer(next(turns)), JSON) for _ in range(SAVED)]
        return [begun, seen, *saved, who.post(f"/tests/{sitting}/hand-in/", {})]

    name = f"whole sitting ({SAVED} answers)"
    return Scenario(name, lambda: next(waiting), act, SITTINGS, aim=15, crowd=False)


def ready_to_sit(port: int, people: int) -> Iterator[Visitor]:
    made = [enrolled(f"bench-sitter-{number}") for number in range(people)]
    return iter([session_of(port, enrolment.person.user) for enrolment in made])


def certificates(port: int) -> Scenario:
    """Each one is another, so that none is kept from before."""
    tokens = Certificate.objects.order_by("pk").values_list("token", flat=True)
    paths = iter([f"/certificates/{token}.pdf?lang={lang}" for lang in ("en",) for token in tokens])

    def act(who: Visitor) -> Sequence[Reply]:
        return [who.get(next(paths))]

    return Scenario("certificate as PDF", visitors(port), act, PRINTED, aim=4, crowd=False)
