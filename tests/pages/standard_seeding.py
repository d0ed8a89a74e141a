"""A study of a pass mark: six judges in two rounds, over the forms of `report_seeding`."""

from learning.people.models import User
from learning.standards.estimating import record_estimates
from learning.standards.models import Round
from learning.standards.studying import add_judges, begin_study, panel_of
from modules.courses.models import CourseVersion

JUDGES = ("A. K.", "B. N.", "C. L.", "D. R.", "E. S.", "F. A.")
# How much each asks for, beside the question; in the second round they come closer.
SEVERITY = (10, -15, 0, 5, -10, 20)


def make_study(course: str = "forms") -> dict[str, str]:
    """Returns what the paths of shots name."""
    admin = User.objects.get(username="admin@demo.test")
    version = CourseVersion.objects.filter(course__code=course).latest("pk")
    study = begin_study(version, ["A", "B"], "Lahore, March 2026", admin)
    add_judges(study, JUDGES)
    judges = list(study.judges.all())
    for round_, share in ((Round.FIRST, 1.0), (Round.SECOND, 0.5)):
        asked = {
            (judge.pk, position): max(0, min(100, 55 + 5 * (position % 5) + int(more * share)))
            for judge, more in zip(judges, SEVERITY, strict=True)
            for position in panel_of(study).positions
            if not (round_ == Round.SECOND and judge == judges[-1] and position > 4)
        }
        record_estimates(study, round_, asked, admin)
    return {"standard": str(study.uuid), "judge": str(judges[0].pk)}
