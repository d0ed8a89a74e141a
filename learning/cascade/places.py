"""The organisations and areas that may be named in a session: those of its country."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from learning.cascade.models import Event
from learning.cascade.registering import About
from learning.people.known import Known, Place
from learning.people.models import Area, Organisation
from learning.people.permissions import areas_visible_to, organisations_visible_to
from learning.people.roles import AnyUser
from learning.people.rows import PersonRow


def organisations_for(user: AnyUser, event: Event) -> QuerySet[Organisation]:
    """Those of the country of the session that `user` may name."""
    country = event.area.country_code
    return organisations_visible_to(user).filter(area__path__startswith=f"{country}/")


def areas_for(user: AnyUser, event: Event) -> QuerySet[Area]:
    """Those of the country of the session that `user` may name, the country itself first."""
    return areas_visible_to(user).filter(path__startswith=f"{event.area.country_code}/")


class Places:
    """The organisations and areas that a row may name, by their codes; two queries."""

    def __init__(self, event: Event, user: AnyUser) -> None:
        self.organisations: dict[str, Organisation] = {
            one.code: one for one in organisations_for(user, event)
        }
        self.areas: dict[str, Area] = {one.code: one for one in areas_for(user, event)}
        self.default = event.area

    def known(self) -> Known:
        return Known(
            [Place(one.code, one.names) for one in self.organisations.values()],
            [Place(one.code, one.names) for one in self.areas.values()],
            [code for code, _name in settings.LANGUAGES],
            timezone.localdate(),
        )

    def about(self, row: PersonRow) -> About:
        """What a row tells; who states no area works where the session is."""
        return About(
            names=dict(row.names),
            sex=row.sex,
            age_band=row.age_band,
            constituency=row.constituency,
            organisation=self.organisations.get(row.organisation),
            job_role=row.job_role,
            area=self.areas.get(row.area) or self.default,
        )
