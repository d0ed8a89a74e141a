"""The three invented people whose sign-ins are printed at a demo start."""

from django.db import transaction

from learning.people.models import Area, Organisation, Person, Role, User
from learning.people.roles import DEMO_PASSWORD, DEMO_USERNAMES, grant_role


@transaction.atomic
def make_demo_accounts() -> list[User]:
    """Make those of the three accounts that are missing, with their roles; returns the new ones."""
    punjab = Area.objects.get(code="PK-PB")
    pakistan = Area.objects.get(code="PK")
    institution, _ = Organisation.objects.get_or_create(
        code="demo-institution",
        defaults={"area": punjab, "names": {"en": "Demo institution (invented)"}},
    )
    learner, trainer, admin = DEMO_USERNAMES
    names = {
        learner: {"Latn": "Demo Learner", "Arab": "ڈیمو طالب علم"},
        trainer: {"Latn": "Demo Trainer", "Arab": "ڈیمو ٹرینر"},
        admin: {"Latn": "Demo Administrator", "Arab": "ڈیمو منتظم"},
    }
    made = []
    for username in DEMO_USERNAMES:
        if User.objects.filter(username=username).exists():
            continue
        person = Person.objects.create(
            names=names[username], organisation=institution, area_of_work=punjab
        )
        made.append(User.objects.create_user(username, username, DEMO_PASSWORD, person=person))
    for user in made:
        if user.username == trainer:
            grant_role(user, Role.TRAINER, pakistan)
        if user.username == admin:
            grant_role(user, Role.SYSTEM_ADMIN)
    return made
