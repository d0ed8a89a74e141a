"""The objects that the matrix asks about: one of ours, one of another country."""

from dataclasses import dataclass

from learning.people.models import Area, Organisation, Person
from tests.cast import Cast


@dataclass
class World:
    cast: Cast

    def __post_init__(self) -> None:
        foreign = Organisation.objects.create(
            code="foreign-body", area=self.cast.cambodia, names={"en": "Foreign body"}
        )
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
