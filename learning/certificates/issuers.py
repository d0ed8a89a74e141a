"""Who issues: the issuer of a programme, and a sober one for self-paced courses without any."""

from zoneinfo import ZoneInfo

from babel import Locale
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from learning.certificates.errors import CannotIssue
from learning.certificates.freezing import LANGUAGES
from learning.certificates.models import Issuer
from learning.enrolment.models import Cohort
from learning.people.models import Organisation, Programme

TIME_ZONES = {"PK": "Asia/Karachi", "KH": "Asia/Phnom_Penh", "LA": "Asia/Vientiane"}


class NoIssuer(CannotIssue):
    """The programme has no issuer, and a training session needs a real one."""


def issuer_of(cohort: Cohort) -> Issuer:
    """Who issues the certificates of `cohort`; made now for a self-paced one without issuer.

    Raises `NoIssuer` for a training session of a programme without one.
    """
    programme = cohort.programme
    issuer = Issuer.objects.select_related("organisation").filter(programme=programme).first()
    if issuer is not None:
        return issuer
    if cohort.kind != Cohort.Kind.SELF_PACED:
        raise NoIssuer(f"The programme {programme.code} has no issuer of certificates.")
    return make_default_issuer(programme)


def time_zone_of(cohort: Cohort) -> ZoneInfo:
    """Where the days of a cohort begin: in the zone of its issuer, made already or not."""
    zones = Issuer.objects.filter(programme=cohort.programme_id).values_list("time_zone", flat=True)
    country = cohort.programme.area.country_code
    return ZoneInfo(zones.first() or TIME_ZONES.get(country, settings.TIME_ZONE))


def make_default_issuer(programme: Programme) -> Issuer:
    """The platform itself, in the country of the programme. It invents no signatories."""
    country = programme.area.country_code
    is_usual = programme.code == f"self-paced-{country.lower()}"
    organisation, _made = Organisation.objects.get_or_create(
        code=f"cascade-{country.lower()}",
        defaults={
            "area": programme.area,
            "kind": Organisation.Kind.TRAINING,
            "names": {language: platform_in(country, language) for language in LANGUAGES},
        },
    )
    issuer, _made = Issuer.objects.get_or_create(
        programme=programme,
        defaults={
            "organisation": organisation,
            "code": f"{country}-CASC" if is_usual else f"{country}-CASC-P{programme.pk}",
            "time_zone": TIME_ZONES.get(country, settings.TIME_ZONE),
            "quality": {language: quality_in(language) for language in LANGUAGES},
        },
    )
    return issuer


def platform_in(country: str, language: str) -> str:
    """The platform's name with that of the country, for example "Cascade, Pakistan"."""
    place = str(Locale.parse(language).territories.get(country, country))
    with translation.override(language):
        return gettext("{platform}, {country}").format(platform=gettext("Cascade"), country=place)


def quality_in(language: str) -> str:
    with translation.override(language):
        return gettext(
            "The course is released in numbered versions and names its sources. The learner’s"
            " identity was not checked in person."
        )
