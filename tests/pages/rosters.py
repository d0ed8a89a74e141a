"""Lists of people in the states that pictures need: to mend, to decide, ready, imported."""

from datetime import timedelta

from django.utils import timezone

from learning.enrolment.enrolling import self_paced_programme
from learning.imports.importing import confirm
from learning.imports.inviting import posts, subject_of
from learning.imports.models import Roster
from learning.imports.planning import Target
from learning.imports.storing import store
from learning.notices.claiming import claim
from learning.notices.models import NoticeSent
from learning.people.models import Area, Person, User
from modules.courses.models import CourseVersion

HEADINGS = [
    "Name",
    "Name in own script",
    "Sex",
    "Age",
    "Organisation",
    "Job role",
    "Area",
    "E-mail",
]
INSTITUTION = "demo-institution"


def make_rosters() -> dict[str, str]:
    """The uuids of the lists, by what stands for them in the paths of shots."""
    admin = User.objects.get(username="admin@demo.test")
    for names in ({"Latn": "Zahida Parveen", "Arab": "زاہدہ پروین"}, {"Latn": "Muhammad Aslam"}):
        Person.objects.create(
            names=names,
            sex="female" if "Arab" in names else "male",
            organisation_id=Person.objects.get(user=admin).organisation_id,
            area_of_work=Area.objects.get(code="PK-PB"),
        )
    imported = kept(admin, "pessi-lahore.xlsx", good_rows("Rukhsana", "رخسانہ بی بی", 11))
    confirm(imported, admin)
    halfway(imported)
    return {
        "roster_mend": str(kept(admin, "to-mend.csv", bad_rows()).uuid),
        "roster_decide": str(kept(admin, "multan-office.xlsx", doubtful_rows()).uuid),
        "roster_ready": str(
            kept(admin, "faisalabad.xlsx", good_rows("Parveen", "پروین بی بی", 230)).uuid
        ),
        "roster_done": str(imported.uuid),
    }


def kept(admin: User, file_name: str, rows: list[list[str]]) -> Roster:
    version = CourseVersion.objects.get(course__code="coordination")
    programme = self_paced_programme(Area.objects.get(code="PK"))
    target = Target(programme, version)
    return store([HEADINGS, *rows], target, by=admin, language="en", file_name=file_name)


def good_rows(name: str, own_name: str, many: int) -> list[list[str]]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        [
            f"{name} Bib{letters[n // 26]}{letters[n % 26]}",
            "" if n else own_name,
            *("female", "35-44", INSTITUTION, "Inspector", "PK-PB"),
            f"{name.lower()}{n}@example.org" if n % 2 else "",
        ]
        for n in range(many)
    ]


def doubtful_rows() -> list[list[str]]:
    tail = [INSTITUTION, "Deputy director", "PK-PB"]
    return [
        ["Zahida Parveen", "زاہدہ پروین", "female", "45-54", *tail, "zahida@example.org"],
        ["Mohd. Aslam", "", "male", "25-34", *tail, ""],
        ["Demo Learner", "", "", "", *tail, "learner@demo.test"],
        ["Saima Noreen", "", "female", "29", *tail, ""],
        ["Noreen, Saima", "", "", "1997", *tail, ""],
    ]


def bad_rows() -> list[list[str]]:
    return [
        ["Zahida Parveen", "", "woman", "30", INSTITUTION, "", "Punjab", ""],
        ["Aslam 2", "", "male", "25-35", "Demo institution", "", "Panjab", "aslam at example"],
        ["=B2", "", "?", "12", "", "", "", ""],
    ]


def halfway(roster: Roster) -> None:
    """Letters sent, refused, perhaps sent, and one still to send."""
    long_ago = timezone.now() - timedelta(hours=1)
    people = [str(post.entry.person.uuid) for post in posts(roster)]
    waiting = claim(NoticeSent.Kind.INVITATION, subject_of(roster), people[1:])
    states = ["sent", "refused", "sending", "sent"]
    for notice, state in zip(waiting, states, strict=False):
        sent_at = long_ago if state == "sent" else None
        NoticeSent.objects.filter(pk=notice.pk).update(
            state=state, tried_at=long_ago, sent_at=sent_at
        )
