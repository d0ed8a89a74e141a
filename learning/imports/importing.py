"""Taking over a list: all of it in one transaction, or nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.enrolment.enrolling import self_paced_cohort
from learning.enrolment.enrolling_lists import AT_ONCE, Enrolled, enrol_list
from learning.imports.errors import NotReady
from learning.imports.models import Roster, RosterEntry
from learning.imports.planning import Plan, Planned, Target, make_plan
from learning.imports.reaching import ways
from learning.imports.storing import forget_later
from learning.people.facts import Fact
from learning.people.models import Person, User


@transaction.atomic
def confirm(roster: Roster, user: User) -> Roster:
    """Make the people of `roster` known and enrol them; confirming twice does it once.

    `user` is whose scope holds. Raises `NotReady`, and changes nothing, when rows have to be mended
    or decided. Some 30 queries, and 20 more for every 500 people.
    """
    # The lock makes a second press wait; it then finds the list confirmed.
    locked = Roster.objects.select_for_update().get(pk=roster.pk)
    if locked.confirmed_at is not None:
        return locked
    target = Target(locked.programme, locked.course_version)
    plan = make_plan(locked.rows or [], user, target, locked.choices)
    check_ready(plan)
    found = ways(plan, user)
    people = take_over(plan)
    by = user if user.pk else None
    cohort = self_paced_cohort(target.programme, target.version)
    enrolled = enrol_list(cohort, [person.pk for person in people], by, Fact.Via.IMPORT)
    RosterEntry.objects.bulk_create(
        (entry(locked, *who) for who in zip(plan.people, people, found, strict=True)),
        batch_size=AT_ONCE,
    )
    close(locked, plan, enrolled, by)
    forget_later()
    return locked


def check_ready(plan: Plan) -> None:
    if plan.problems:
        raise NotReady(_("Some rows have to be mended first. Nothing was imported."))
    if plan.open_questions:
        raise NotReady(_("Of some rows it is not decided who they are. Nothing was imported."))
    if not plan.people:
        raise NotReady(_("There is nobody on this list. Nothing was imported."))


def take_over(plan: Plan) -> list[Person]:
    """The people of the plan in its order, the new ones made. What we know of others stays."""
    people = [one.person or new_person(plan, one) for one in plan.people]
    new = [person for person in people if person.pk is None]
    Person.objects.bulk_create(new, batch_size=AT_ONCE)
    return people


def new_person(plan: Plan, one: Planned) -> Person:
    row = one.row
    return Person(
        names=dict(row.names),
        sex=row.sex,
        age_band=row.age_band,
        constituency=row.constituency,
        organisation=plan.places.organisations.get(row.organisation),
        job_role=row.job_role,
        area_of_work=plan.places.areas.get(row.area),
        language=row.language,
    )


def entry(roster: Roster, one: Planned, person: Person, way: RosterEntry.Way) -> RosterEntry:
    email = one.row.email if way == RosterEntry.Way.INVITATION else ""
    return RosterEntry(
        roster=roster, person=person, row=one.row.row, is_new=one.is_new, way=way, email=email
    )


def close(roster: Roster, plan: Plan, enrolled: Enrolled, by: User | None) -> None:
    """Keep what became of the list, and nothing of its rows."""
    roster.counts = {
        "new": plan.counts["new"],
        "known": plan.counts["known"],
        "twins": plan.counts["twins"],
        "enrolled": enrolled.new,
        "again": enrolled.again,
        "already": enrolled.already,
    }
    roster.rows, roster.choices = None, {}
    roster.confirmed_by, roster.confirmed_at = by, timezone.now()
    roster.save(update_fields=["counts", "rows", "choices", "confirmed_by", "confirmed_at"])
