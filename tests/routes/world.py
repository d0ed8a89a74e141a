"""The objects that the matrix asks about: one of ours, one of another country."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.test import override_settings
from django.utils import timezone

from learning.attempts.marking import mark_answer
from learning.attempts.models import Answer, Sitting
from learning.attempts.regrades import Regrading
from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.closing import report
from learning.cascade.models import Event
from learning.cascade.targets import Target
from learning.certificates.keys import seed_of
from learning.certificates.models import AwardRule, Issuer
from learning.coursework.models import ReviewTask
from learning.enrolment.enrolling import self_paced_cohort, self_paced_programme, start_course
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.imports.answer_importing import store_sheet
from learning.imports.planning import Target as RosterTarget
from learning.imports.storing import keep_choices
from learning.people.models import Area, Organisation, Person, Programme
from learning.standards.estimating import record_estimates
from learning.standards.studying import add_judges, begin_study
from modules.courses.models import Course, CoursePage, CourseVersion
from modules.editions.models import EditionFile
from modules.papers.contents import Blueprint
from modules.papers.models import Purpose
from modules.reference.interface import InterfaceTranslation
from tests.cast import Cast, make_user
from tests.learning.attempts.sitting import (
    answer,
    enrol,
    make_tested_course,
    open_test,
    position_of,
)
from tests.learning.cascade.making import DAY, accredit, add, make_event, there, two_days
from tests.learning.certificates.making import certify
from tests.learning.coursework.making import (
    PDF,
    calibrate,
    cohort_of,
    make_coursework,
)
from tests.learning.coursework.making import enrol as enrol_in
from tests.learning.coursework.making import handed_in as hand_in_work
from tests.learning.imports.making import imported, kept, row
from tests.modules.courses.making import block, make_course, make_lesson
from tests.modules.editions.making import built
from tests.modules.questions.making import make as make_question
from tests.modules.translating.making import begin


@dataclass
class World:
    cast: Cast

    def __post_init__(self) -> None:
        foreign = Organisation.objects.create(
            code="foreign-body", area=self.cast.cambodia, names={"en": "Foreign body"}
        )
        open_course = make_course("open-course", number=81)
        self.translation = begin(make_lesson(open_course, "a-lesson"))
        self.translated_page = self.translation.get_target_instance()
        self.translated_page.get_latest_revision().publish()
        self.course_page, self.home_page = open_course, open_course.get_site().root_page
        guarded = make_course("guarded", number=82, access=Course.Access.ENROLLED)
        make_lesson(guarded, "secret-lesson", block("question", "q", use="gu-secret"))
        begun = make_course("begun", number=83, access=Course.Access.ENROLLED)
        make_lesson(begun, "begun-lesson", block("question", "q", use="be-begun"))
        for key in ("gu-secret", "be-begun"):
            make_question(key)
        for page in (open_course, begun):
            CourseVersion.objects.create(
                course=page.course,
                number="1.0",
                released_at=timezone.now(),
                manifest={},
                sha256="0" * 64,
            )
        start_course(self.cast.learner.person, begun.course, self.cast.pakistan, self.cast.learner)
        self.blueprint = Blueprint.objects.create(course_code="open-course", key="main")
        self.make_editions(open_course, guarded)
        self.make_sittings()
        self.make_certificates(open_course.course.versions.get())
        self.other_province = Area.objects.get(code="PK-BA")
        self.own_person = Person.objects.create(
            names={"Latn": "Aa Own"},
            area_of_work=self.cast.punjab,
            organisation=self.cast.institution,
        )
        self.own_double = Person.objects.create(
            names={"Latn": "Aa Double"},
            area_of_work=self.cast.punjab,
            organisation=self.cast.institution,
        )
        self.other_person = Person.objects.create(
            names={"Latn": "Zz Elsewhere"},
            area_of_work=Area.objects.get(code="KH-12"),
            organisation=foreign,
        )

        self.make_events()
        self.make_regradings()
        self.make_accreditations()
        self.make_works()
        self.locked_out = self.with_second_factor("locked-out", "Ll Locked", self.cast.punjab)
        self.locked_out_abroad = self.with_second_factor("abroad", "Mm Abroad", self.cast.cambodia)

        self.make_rosters(open_course.course.versions.get())
        self.urdu = InterfaceTranslation.objects.get(language="ur")
        self.lao = InterfaceTranslation.objects.get(language="lo")

    def make_works(self) -> None:
        """The learner and another review one another at home; abroad the outsider handed in."""
        assignment = make_coursework()
        peer = make_user("peer", "Peer Reviewer", self.cast.punjab)
        at_home = cohort_of(assignment, self.cast.programme)
        abroad = cohort_of(assignment, self.foreign_event.cohort.programme)
        self.own_work, self.peer_work, self.work_abroad = [
            hand_in_work(enrol_in(user, cohort), assignment, words, PDF)
            for user, cohort, words in (
                (self.cast.learner, at_home, "Words of the learner"),
                (peer, at_home, "Words of the other"),
                (self.cast.outsider, abroad, "Words from abroad"),
            )
        ]
        self.own_task, self.peer_task = [
            ReviewTask.objects.get(reviewer=work.enrolment)
            for work in (self.own_work, self.peer_work)
        ]
        calibrate(self.own_work.enrolment, self.own_work)

    def make_editions(self, open_course: CoursePage, guarded: CoursePage) -> None:
        built(open_course.course)
        built(open_course.course, "slides")
        built(guarded.course)
        self.failed_edition = built(
            open_course.course, "orientation-pack", state=EditionFile.State.FAILED
        )

    def with_second_factor(self, username: str, name: str, area: Area) -> Person:
        user = make_user(username, name, area, self.cast.institution if area.parent else None)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        return user.person

    def make_sittings(self) -> None:
        """An open test of the learner; texts to mark in the trainer's programme and abroad."""
        page = make_tested_course("tested", 84)
        self.make_study(page.course.versions.get())
        self.sitting = start(enrol(self.cast.learner, page), Purpose.POST)
        writer = make_user("writer", "Wahida Writer", self.cast.punjab)
        cohort = Cohort.objects.create(
            programme=self.cast.programme,
            course_version=page.course.versions.get(),
            kind=Cohort.Kind.EVENT,
        )
        for purpose in (Purpose.PRE, Purpose.POST):
            open_test(cohort, purpose)
        enrolment = Enrolment.objects.create(cohort=cohort, person=writer.person)
        self.in_session, self.writers = [
            Enrolment.objects.create(cohort=cohort, person=self.cast.learner.person),
            enrolment,
        ]
        EnrolmentFact.objects.create(enrolment=self.in_session, what=EnrolmentFact.What.STARTED)
        self.handed_in(enrolment, "Words of the programme")
        abroad = enrol(self.cast.outsider, page)
        self.foreign_sitting = self.handed_in(abroad, "Words from elsewhere")
        self.make_apart(page)

    def make_apart(self, page: CoursePage) -> None:
        """An answer abroad that two people there read otherwise."""
        writer = make_user("farther", "Ww Farther", self.cast.cambodia)
        sitting = self.handed_in(enrol(writer, page), "Words that two read otherwise")
        Sitting.objects.filter(pk=sitting.pk).update(rules={"second": 100})
        written = sitting.answers.get()
        for n, share in enumerate((Fraction(0), Fraction(1))):
            marker = make_user(f"marker-{n}", f"Mm Marker {n}", self.cast.cambodia)
            mark_answer(Answer.objects.get(pk=written.pk), share, marker, uuid4())
        self.apart_question = f"tested-{sitting.form_label.lower()}-short"

    def handed_in(self, enrolment: Enrolment, words: str) -> Sitting:
        sitting = start(enrolment, Purpose.POST)
        save_answer(sitting, answer(sitting, position_of(sitting, "short"), words))
        return hand_in(sitting, None)

    @override_settings(SIGNING_KEY=seed_of("the key of the matrix"))
    def make_certificates(self, version: CourseVersion) -> None:
        """One of the programme of the cast, and one of another country."""
        cohort = Cohort.objects.create(programme=self.cast.programme, course_version=version)
        holder = make_user("certified", "Lubna Certified", self.cast.punjab).person
        self.certificate = certify(Enrolment.objects.create(cohort=cohort, person=holder))
        self.foreign_certificate = certify(self.foreign_sitting.enrolment)

    def make_regradings(self) -> None:
        """Of versions that nobody was asked, so that no mark is another."""
        about = {"question_key": "tested-b-single", "from_ns": [9], "how": "full"}
        self.regrading = Regrading.objects.create(
            **about, reason="Ours", programme=self.cast.programme
        )
        self.foreign_regrading = Regrading.objects.create(
            **about, reason="Decided elsewhere", programme=self.foreign_event.cohort.programme
        )

    def make_events(self) -> None:
        """A session that the trainer of the cast leads in Punjab, and one in Cambodia."""
        self.event = make_event(
            self.cast, version=self.sitting.course_version, host=self.cast.institution
        )
        self.participant = add(self.event, "Pp Participant")
        there(self.event)
        self.sent_event = self.another(1, venue="Okara")
        add(self.sent_event, "Ss Sent")
        there(self.sent_event)
        report(self.sent_event, self.cast.trainer)
        self.counted_event = self.another(2, counting=Event.Counting.HEADCOUNT)
        programme = Programme.objects.create(
            code="foreign", area=self.cast.cambodia, names={"en": "Foreign programme"}
        )
        self.foreign_event = make_event(
            self.cast,
            version=self.sitting.course_version,
            programme=programme,
            area=Area.objects.get(code="KH-12"),
            venue="Phnom Penh",
            lead=self.other_person,
        )
        self.foreign_participant = add(self.foreign_event, "Ff Foreign")
        self.make_targets(programme)
        self.answer_sheet = store_sheet(
            self.event, Purpose.PRE, [["Sticker", "1"]], self.cast.trainer, "results.csv"
        )

    def make_study(self, version: CourseVersion) -> None:
        """A study of a pass mark with a judge who has estimated a question."""
        self.study = begin_study(version, ["A"], "Study of the matrix", self.cast.system_admin)
        add_judges(self.study, ["A. K."])
        self.judge = self.study.judges.get()
        record_estimates(self.study, 1, {(self.judge.pk, 1): 60}, self.cast.system_admin)

    def make_targets(self, abroad: Programme) -> None:
        """What both programmes plan, and a trainer of ours who works in another province."""
        about = {"unit": Target.Unit.WOMEN, "year": timezone.localdate().year, "value": 77}
        self.target = Target.objects.create(
            programme=self.cast.programme, area=self.cast.pakistan, **about
        )
        self.foreign_target = Target.objects.create(
            programme=abroad, area=self.cast.cambodia, **about
        )
        farther = Person.objects.create(
            names={"Latn": "Tt Farther"}, area_of_work=self.other_province
        )
        accredit(self.cast, farther)

    def make_rosters(self, version: CourseVersion) -> None:
        """Drafts that name people outside the scope; lists imported for two programmes."""
        own, abroad = map(self_paced_programme, (self.cast.pakistan, self.cast.cambodia))
        self.draft = kept(
            self.cast.area_admin,
            RosterTarget(own, version),
            row("Listed Person"),
            row("Mm Abroad"),
            row("Misplaced Person", area="PK-SD"),
        )
        programme = RosterTarget(self.cast.programme, version)
        self.imported = imported(
            self.cast.programme_admin,
            programme,
            row("Imported Person", email="imported@example.org"),
            row("Paper Person"),
        )
        colleague = Person.objects.create(names={"Latn": "Known Colleague"})
        self_paced_cohort(self.cast.programme, version).enrolments.create(person=colleague)
        named = row("Known Colleague", email="colleague@example.org")
        self.programme_draft = kept(self.cast.programme_admin, programme, named)
        keep_choices(self.programme_draft, {"2": f"person:{colleague.uuid}"})
        self.former = imported(
            self.cast.system_admin, RosterTarget(abroad, version), row("Former Person")
        )
        self.former.uploaded_by = self.cast.organisation_admin
        self.former.save()

    def another(self, weeks: int, **fields: Any) -> Event:
        """Like the session in Punjab, so many weeks later."""
        slots = two_days(DAY + timedelta(weeks=weeks))
        own = {"version": self.sitting.course_version, "host": self.cast.institution}
        return make_event(self.cast, slots=slots, **own | fields)

    @override_settings(SIGNING_KEY=seed_of("the key of the matrix"))
    def make_accreditations(self) -> None:
        """Of the trainer of the cast and of one abroad; a certificate of the session in Punjab."""
        self.accreditation = accredit(self.cast)
        self.foreign_accreditation = accredit(
            self.cast, self.other_person, programme=self.foreign_event.cohort.programme
        )
        self.event_certificate = certify(self.participant)

    def row_of(self, register: str) -> int:
        """The key of some row of a register."""
        rows = {
            "organisations": self.cast.institution,
            "programmes": self.cast.programme,
            "areas": self.cast.punjab,
            "roles": self.cast.trainer.role_grants.get(),
            "award_rules": AwardRule.objects.get_or_create(
                course_version=self.sitting.course_version, effective_from=date(2026, 1, 1)
            )[0],
            "issuers": Issuer.objects.get_or_create(
                programme=self.cast.programme,
                defaults={"organisation": self.cast.institution, "code": "PK-TEST"},
            )[0],
        }
        return rows[register].pk
