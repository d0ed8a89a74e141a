"""The objects that the matrix asks about: one of ours, one of another country."""

from dataclasses import dataclass

from django.utils import timezone

from learning.people.models import Area, Organisation, Person
from modules.courses.models import Course, CourseVersion
from tests.cast import Cast
from tests.modules.courses.making import make_course, make_lesson


@dataclass
class World:
    cast: Cast

    def __post_init__(self) -> None:
        foreign = Organisation.objects.create(
            code="foreign-body", area=self.cast.cambodia, names={"en": "Foreign body"}
        )
        open_course = make_course("open-course", number=81)
        make_lesson(open_course, "a-lesson")
        guarded = make_course("guarded", number=82, access=Course.Access.ENROLLED)
        make_lesson(guarded, "secret-lesson")
        CourseVersion.objects.create(
            course=open_course.course,
            number="1.0",
            released_at=timezone.now(),
            manifest={},
            sha256="0" * 64,
        )
        self.other_province = Area.objects.get(code="PK-BA")
        self.own_person = Person.objects.create(
            names={"Latn": "Aa Own"},
            area_of_work=self.cast.punjab,
            organisation=self.cast.institution,
        )
        self.other_person = Person.objects.create(
            names={"Latn": "Zz Elsewhere"},
            area_of_work=Area.objects.get(code="KH-12"),
            organisation=foreign,
        )

    def row_of(self, register: str) -> int:
        """The key of some row of a register."""
        rows = {
            "organisations": self.cast.institution,
            "programmes": self.cast.programme,
            "areas": self.cast.punjab,
            "roles": self.cast.trainer.role_grants.get(),
        }
        return rows[register].pk
