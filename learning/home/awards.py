"""What an enrolment needs for its certificate, and which one it has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from learning.attempts.offering import Offer, offers_of, sessions_open_to
from learning.cascade.attending import attendance_of
from learning.cascade.models import Event
from learning.certificates.awarding import Rule, rule_in_force
from learning.certificates.models import Certificate, Grade, Scheme
from learning.certificates.standing import best_in_force
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import Person
from learning.progress.attending import attendance
from modules.courses.models import Course
from modules.papers.models import Test


@dataclass(frozen=True)
class Award:
    """How far an enrolment is on the way to its certificate; shares in [0, 1]."""

    rule: Rule
    attended: Fraction
    certificate: Certificate | None

    @property
    def needed(self) -> Fraction:
        """The share of the marks that a Certificate of Achievement needs."""
        return Fraction(self.rule.pass_mark, 100)

    @property
    def attendance_needed(self) -> Fraction:
        """The share of the lessons that a certificate needs; 0 where the rule asks for none."""
        if self.rule.scheme == Scheme.S2:
            return Fraction(self.rule.gate or 0, 100)
        return Fraction(self.rule.a_min, 100)

    @property
    def has_achievement(self) -> bool:
        return self.certificate is not None and self.certificate.grade == Grade.ACHIEVEMENT

    @property
    def attended_enough(self) -> bool:
        return self.attended >= self.attendance_needed


def award_of(enrolment: Enrolment) -> Award:
    """By the rule in force today; three queries."""
    rule = rule_in_force(enrolment.cohort.course_version, timezone.localdate())
    return Award(
        rule=rule,
        attended=attendance(enrolment),
        certificate=best_in_force(enrolment.person, enrolment.cohort.course_version_id),
    )


def session_of(enrolment: Enrolment) -> Event | None:
    """The training session that an enrolment belongs to, with all it needs; two queries at most."""
    if enrolment.cohort.kind != Cohort.Kind.EVENT:
        return None
    return Event.objects.with_all_it_needs().filter(cohort=enrolment.cohort_id).first()


def award_in_session(enrolment: Enrolment, session: Event) -> Award:
    """By the rule of the last day, with the time one was there; three queries."""
    attended = attendance_of(session.held_units, [enrolment])[enrolment.pk]
    return Award(
        rule=rule_in_force(session.cohort.course_version, session.last_day),
        attended=attended.share,
        certificate=best_in_force(enrolment.person, session.cohort.course_version_id),
    )


@dataclass(frozen=True)
class SessionTests:
    """The tests of one's training session that are open on devices, or will be."""

    session: Event
    offers: Sequence[Offer]


def session_tests_of(person: Person, course: Course) -> list[SessionTests]:
    """What the sessions that a person takes part in have opened; one query where none has."""
    own = sessions_open_to(person, course)
    loaded = own.select_related("person", "cohort__course_version__course")
    found = [(session_of(one), _shown(offers_of(one).values())) for one in loaded]
    return [SessionTests(session, offers) for session, offers in found if session and offers]


def _shown(offers: Iterable[Offer]) -> list[Offer]:
    """Those that are open or will be; some months later only what can be done or was done."""
    return [
        one
        for one in offers
        if one.conditions.is_offered and (not one.is_later or one.is_to_take or one.sittings)
    ]


@dataclass(frozen=True)
class TestsOfCourse:
    """The tests of a course and what they earn; for who started it, what she can do now.

    `offers` and `award` are None for everybody else. `in_session`: whether a training session of
    the reader may have opened tests of the course.
    """

    tests: Mapping[str, Test]
    rule: Rule
    offers: Mapping[str, Offer] | None
    award: Award | None
    in_session: bool = True


def tests_of_course(course: Course, enrolment: Enrolment | None) -> TestsOfCourse | None:
    """None for a course without tests or without a released version.

    Three queries for a visitor, five for a learner.
    """
    if enrolment is None:
        tests = {test.purpose: test for test in Test.objects.filter(course_code=course.code)}
        version = course.versions.last() if tests else None
        if version is None:
            return None
        rule = rule_in_force(version, timezone.localdate())
        return TestsOfCourse(tests, rule, None, None)
    offers = offers_of(enrolment)
    if not offers:
        return None
    award = award_of(enrolment)
    tests = {purpose: offer.test for purpose, offer in offers.items()}
    in_session = any(offer.in_session for offer in offers.values())
    return TestsOfCourse(tests, award.rule, offers, award, in_session)
