"""What administrators ask of the record: who completed a course, and what a session achieved."""

from collections.abc import Sequence
from itertools import count

from django.db import connection
from django.db.models import Count

from learning.cascade.models import Event
from learning.demo.telling import PROGRAMME
from modules.courses.models import Course
from tests.bench.asking import read, sessions
from tests.bench.classes import administrator, make_class
from tests.bench.measuring import Scenario
from tests.bench.served import Reply, Visitor

SIZES = {300: 20, 1000: 10}  # learners, and how often their reports are asked for in a round
TABLE, TABLE_AIMS = "/reports/completion/?by=area&cut=sex", {300: 8.0}
FILE, FILE_AIMS = f"{TABLE}&file=csv", {300: 5.0}
LIST = "/reports/people/?stage=enrolled&count=people&file=csv"
PRINTED = 6  # reports a round


def completion(port: int, course: Course) -> list[Scenario]:
    """The table by area and sex, its CSV, and as CSV the list of learners behind it."""
    found = []
    for size, times in SIZES.items():
        signed_in = sessions(port, make_class(size, course))
        found += [
            Scenario(f"completion of {size:,}, table", signed_in, read(TABLE), times),
            Scenario(f"completion of {size:,}, CSV", signed_in, read(FILE), times),
            Scenario(f"list of {size:,} learners, CSV", signed_in, read(LIST), times),
        ]
        found[-3].aim, found[-2].aim = TABLE_AIMS.get(size), FILE_AIMS.get(size)
    return found


def session_reports(port: int) -> list[Scenario]:
    """Page and PDF of the largest session of the demo: what it achieved, before and after."""
    sizes = Event.objects.filter(cohort__programme__code=PROGRAMME).annotate(
        size=Count("cohort__enrolments")
    )
    event = sizes.select_related("cohort__programme").order_by("-size")[0]
    signed_in = sessions(port, administrator(event.cohort.programme, "bench-sessions"))
    numbers = count(1)

    def print_anew(visitor: Visitor) -> Sequence[Reply]:
        """In another room each time, so that no report is kept from before."""
        Event.objects.filter(pk=event.pk).update(venue=f"Room {next(numbers)}")
        connection.close()  # this may be one of many threads
        return [visitor.get(f"/training/{event.uuid}/report.pdf")]

    return [
        Scenario("session report", signed_in, read(f"/training/{event.uuid}/figures/"), 20),
        Scenario("session report as PDF", signed_in, print_anew, PRINTED),
    ]
