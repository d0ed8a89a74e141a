"""Who may read which course."""

from learning.enrolment.models import Enrolment
from learning.people.roles import AnyUser
from modules.courses.models import Course


def may_read_course(user: AnyUser, course: Course) -> bool:
    """Whether the lessons of `course` open for `user`; editors and trainers always read."""
    if course.access == Course.Access.PUBLIC:
        return True
    if user.is_anonymous:
        return False
    if course.access == Course.Access.SIGNED_IN:
        return True
    if user.has_perm("modules.read_facilitator_matter"):
        return True
    person = user.person
    return person is not None and Enrolment.newest_of(person, course) is not None
