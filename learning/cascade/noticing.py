"""Names that are known already, kept in the web session until somebody says who it is.

Nothing about it is stored with the record: "another person" is the ordinary case.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from django.http import HttpRequest

from learning.cascade.listing import Alike, with_stickers
from learning.cascade.models import Event
from learning.cascade.permissions import people_known_to_trainer
from learning.cascade.recognising import known_alike
from learning.enrolment.models import Enrolment
from learning.people.models import User

UNDECIDED = "alike"  # keys of known people by id of the enrolment


def notice_alike(request: HttpRequest, event: Event, enrolment: Enrolment) -> list[Alike]:
    """Known people of the same name, kept in mind until somebody decides who it is."""
    within = people_known_to_trainer(cast("User", request.user))
    people = known_alike(enrolment.person, within)
    if not people:
        return []
    kept = request.session.setdefault(UNDECIDED, {})
    kept[str(enrolment.uuid)] = [person.pk for person in people]
    request.session.modified = True
    return with_stickers(event, people)


def forget_alike(request: HttpRequest, enrolment: Enrolment) -> None:
    """It was decided who it is."""
    if request.session.get(UNDECIDED, {}).pop(str(enrolment.uuid), None):
        request.session.modified = True


def undecided(
    request: HttpRequest, event: Event, enrolments: Sequence[Enrolment]
) -> Mapping[str, Sequence[Alike]]:
    """Of these enrolments those that wait for a decision; two queries where there are any."""
    ids = {str(one.uuid) for one in enrolments}
    kept = {uuid: keys for uuid, keys in request.session.get(UNDECIDED, {}).items() if uuid in ids}
    if not kept:
        return {}
    within = people_known_to_trainer(cast("User", request.user))
    people = within.filter(pk__in={key for keys in kept.values() for key in keys})
    known = with_stickers(event, people.select_related("organisation", "area_of_work"))
    by_key = {one.person.pk: one for one in known}
    return {uuid: [by_key[key] for key in keys if key in by_key] for uuid, keys in kept.items()}
