"""How far an enrolment has come: the stages that reports count, and what each means in words."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(StrEnum):
    ENROLLED = "enrolled"
    LEFT = "left"
    STARTED = "started"
    PRE = "pre"
    READ_FIRST = "read_first"
    DONE = "done"
    POST = "post"
    PASSED = "passed"
    ACHIEVEMENT = "achievement"
    ATTENDANCE = "attendance"
    TRAINED = "trained"
    REACHED = "reached"
    PAIR = "pair"


LABELS: dict[Stage, Promise] = {
    Stage.ENROLLED: _("Enrolled"),
    Stage.LEFT: _("Left"),
    Stage.STARTED: _("Started"),
    Stage.PRE: _("Pre-test"),
    Stage.READ_FIRST: _("Read before the pre-test"),
    Stage.DONE: _("Went through it"),
    Stage.POST: _("Post-test"),
    Stage.PASSED: _("Passed the post-test"),
    Stage.ACHIEVEMENT: _("Certificate of Achievement"),
    Stage.ATTENDANCE: _("Certificate of Attendance"),
    Stage.TRAINED: _("Trained"),
    Stage.REACHED: _("There, but not for long enough"),
    Stage.PAIR: _("Both tests, before and after"),
}
# At the head of a narrow column.
SHORT: dict[Stage, Promise] = LABELS | {
    Stage.READ_FIRST: _("Read first"),
    Stage.DONE: _("Went through"),
    Stage.ACHIEVEMENT: _("Achievement"),
    Stage.ATTENDANCE: _("Attendance"),
}
ABOUT: dict[Stage, Promise] = {
    Stage.ENROLLED: _(
        "Enrolments in a course people take by themselves, and participants registered for a"
        " training session, without those who left."
    ),
    Stage.LEFT: _(
        "Enrolments that ended because somebody left the course or was taken off the list of a"
        " session. They are counted in no other column."
    ),
    Stage.STARTED: _(
        "At least one lesson marked as done or one test handed in; in a training session: present"
        " in at least one half-day."
    ),
    Stage.PRE: _("The test before the course was handed in, or its marks were typed in."),
    Stage.READ_FIRST: _(
        "The first lesson was marked as done before the pre-test was begun, or without one, in a"
        " course that has a pre-test. For these people the pre-test shows less than they gained."
    ),
    Stage.DONE: _(
        "All lessons of the course marked as done; in a training session: present for the share of"
        " the time that the programme asks for (80 per cent, unless it says otherwise)."
    ),
    Stage.POST: _("The test after the course was handed in, or its marks were typed in."),
    Stage.PASSED: _(
        "The mark of the post-test that counts is final and reaches the pass mark of the course."
    ),
    Stage.ACHIEVEMENT: _(
        "A Certificate of Achievement was issued and was neither revoked nor replaced."
    ),
    Stage.ATTENDANCE: _(
        "A Certificate of Attendance was issued and was neither revoked nor replaced. Who holds a"
        " Certificate of Achievement is counted there alone."
    ),
    Stage.TRAINED: _(
        "Took part in a verified training session that is long enough to train (6 hours, unless"
        " the programme says otherwise) and was present for long enough. Sessions in which people"
        " were only counted never count here."
    ),
    Stage.REACHED: _(
        "Present in a verified training session and, in what is asked for, trained by none: not"
        " there for long enough, or the session was too short to train."
    ),
    Stage.PAIR: _(
        "Took the test before and then the test after, and all answers of both are marked."
    ),
}
