"""What the scope of a role covers, in terms of queries."""

from django.db.models import Q

from learning.people.models import Area, RoleGrant

NOBODY = Q(pk__in=[])


def in_country(grant: RoleGrant, path: str) -> Q:
    """What has an area, at the end of `path`, in the country of the role."""
    country = grant.within.country_code if grant.within else ""
    return Q((f"{path}__startswith", f"{country}/"))


def on_the_way_to(area: Area) -> Q:
    """Programmes of areas inside `area`, and of those that it lies in."""
    above = area.path.rstrip("/").split("/")
    return Q(area__path__startswith=area.path) | Q(area__code__in=above)


def whole_programme(grant: RoleGrant) -> Q:
    """Programmes that lie altogether in the scope of a role."""
    if grant.programme:
        return Q(pk=grant.programme_id)
    return Q(area__path__startswith=grant.area.path) if grant.area else NOBODY
