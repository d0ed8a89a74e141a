"""What may be the last step of a course: a lesson done, a test handed in, an answer marked.

Each records its own fact by the rule of its room, then asks for the certificate that may be due:
in the same request, and by plain calls downwards.
"""

from learning.attempts.models import Sitting
from learning.attempts.taking import close_expired, hand_in
from learning.certificates.issuing import issue_due
from learning.enrolment.models import Enrolment
from learning.people.models import User
from learning.progress.recording import mark_done


def finish_lesson(enrolment: Enrolment, lesson: str, by: User) -> None:
    """Record that the lesson is done, and award what is due."""
    mark_done(enrolment, lesson, by)
    issue_due(enrolment)


def finish_test(sitting: Sitting, by: User) -> Sitting:
    """Hand in, and award what is due but for practice; handing in twice is handing in once."""
    done = hand_in(sitting, by)
    if not sitting.is_practice:
        issue_due(sitting.enrolment)  # which the page has loaded already, with its course
    return done


def settle(enrolment: Enrolment) -> None:
    """Hand in the tests whose time is up, and then award what is due; usually one query."""
    if close_expired(enrolment):
        issue_due(enrolment)
