"""Results and certificates of one person, for “My learning”."""

from collections.abc import Iterable
from dataclasses import dataclass

from learning.attempts.results import Result, results_of_person
from learning.certificates.models import Certificate, CertificateFact
from learning.people.merging import all_records_of
from learning.people.models import Person, name_in


@dataclass(frozen=True)
class Record:
    """What a person has from one course version, in the order it was earned."""

    title: str
    version: str
    results: tuple[Result, ...]
    certificates: tuple[Certificate, ...]


def records_of(person: Person) -> list[Record]:
    """The results and certificates of `person` by course version; three queries.

    Tests that run or wait to be closed are not among them. A certificate that was replaced gives
    way to the one that replaced it; a revoked one stays, its page says so.
    """
    results = results_of_person(person)
    replaced = {"happenings__what": CertificateFact.What.SUPERSEDED}
    certificates = (
        Certificate.objects.filter(person__in=all_records_of(person))
        .exclude(**replaced)
        .select_related("course_version__course")
        .order_by("issued_at")
    )
    versions = {
        **{r.sitting.course_version_id: r.sitting.course_version for r in results},
        **{c.course_version_id: c.course_version for c in certificates},
    }
    return [
        Record(
            title=name_in(version.manifest.get("titles", {})) or version.course.code,
            version=version.number,
            results=tuple(r for r in results if r.sitting.course_version_id == pk),
            certificates=_of(certificates, pk),
        )
        for pk, version in versions.items()
    ]


def _of(certificates: Iterable[Certificate], version: int) -> tuple[Certificate, ...]:
    return tuple(c for c in certificates if c.course_version_id == version)
