"""By what lines are grouped and filtered. Every cut has a place for what is not stated.

The value of a cut is text, the same in addresses and in lists of choices; empty for not stated.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.cascade.models import Event, EventFact
from learning.enrolment.models import Cohort
from learning.people.models import Person
from learning.reporting.gathering import Line
from learning.reporting.groups import Group
from learning.reporting.places import Places

MINE = "mine"
NOT_STATED = "not-stated"  # in addresses, where an empty value means no filter


@dataclass(frozen=True)
class Cut:
    """One way to part lines. `value` reads a line; `of_group` all lines of a cohort at once."""

    name: str
    label: str | Promise
    value: Callable[[Line, Places], str]
    of_group: Callable[[Group, Places], str] | None = None


def _by_group(name: str, label: str | Promise, read: Callable[[Group, Places], str]) -> Cut:
    return Cut(name, label, lambda line, places: read(line.group, places), read)


CUTS: dict[str, Cut] = {
    cut.name: cut
    for cut in (
        _by_group("programme", gettext_lazy("Programme"), lambda group, _: group.programme.code),
        _by_group("course", gettext_lazy("Course"), lambda group, _: group.course),
        _by_group("cohort", gettext_lazy("Cohort"), lambda group, _: group.uuid),
        _by_group(
            "way",
            gettext_lazy("Way of learning"),
            lambda group, _: Cohort.Kind.EVENT if group.event else Cohort.Kind.SELF_PACED,
        ),
        _by_group("place", gettext_lazy("Place of the session"), lambda g, p: p.province(g.area)),
        _by_group("state", gettext_lazy("State of the session"), lambda group, _: group.state),
        _by_group(
            "counting",
            gettext_lazy("People"),
            lambda group, _: group.event.counting if group.event else "",
        ),
        _by_group(
            "scope",
            gettext_lazy("Sessions"),
            lambda group, _: MINE if group.event and group.in_scope else "",
        ),
        Cut("area", gettext_lazy("Area of work"), lambda x, p: p.province(x.about.area)),
        Cut(
            "organisation",
            gettext_lazy("Organisation"),
            lambda x, places: places.organisation(x.about.organisation),
        ),
        Cut("sex", gettext_lazy("Sex"), lambda line, _: line.about.sex),
        Cut("age", gettext_lazy("Age"), lambda line, _: line.about.age),
        Cut("constituency", gettext_lazy("Constituency"), lambda line, _: line.about.constituency),
    )
}
# Cuts whose values are the same for everybody, so that a category without anybody shows too.
CHOICES: Mapping[str, Sequence[tuple[str, str | Promise]]] = {
    "sex": Person.Sex.choices,
    "age": Person.AgeBand.choices,
    "constituency": Person.Constituency.choices,
    "way": Cohort.Kind.choices,
    "state": EventFact.What.choices,
    "counting": [
        (Event.Counting.NAMED, gettext_lazy("Registered")),
        (Event.Counting.HEADCOUNT, gettext_lazy("Only counted")),
    ],
    "scope": [(MINE, gettext_lazy("those held in my scope"))],
}


# What a cohort has in any case, and what it is called.
GROUP_LABELS: Mapping[str, Callable[[Group], str]] = {
    "programme": lambda group: str(group.programme),
    "course": lambda group: group.title,
    "cohort": lambda group: group.label,
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str

    @property
    def in_address(self) -> str:
        return self.value or NOT_STATED


def options(name: str, lines: Iterable[Line], places: Places) -> list[Option]:
    """The values of a cut that rows are made of: all that are fixed, else those that occur.

    In order, and not stated last wherever something may be.
    """
    read = CUTS[name].value
    return _options(name, {read(line, places): line.group for line in lines}, places)


def parted(name: str, lines: Iterable[Line], places: Places) -> dict[str, list[Line]]:
    """The lines by their value of a cut."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[CUTS[name].value(line, places)].append(line)
    return found


def choices(name: str, groups: Iterable[Group], places: Places) -> list[Option]:
    """The values of a cut that may be filtered by, whether anybody has them or not."""
    of_group = CUTS[name].of_group
    if of_group is not None:
        # Nobody takes part in a session in which people are only counted.
        listed = [group for group in groups if name != "cohort" or not group.is_headcount]
        return _options(name, {of_group(one, places): one for one in listed}, places)
    found = {
        "area": [places.province(pk) for pk in places.areas],
        "organisation": [body.code for body in places.organisations.values()],
    }
    return _options(name, dict.fromkeys(found.get(name, ())), places)


def _options(name: str, found: Mapping[str, Group | None], places: Places) -> list[Option]:
    if name in CHOICES:
        fixed = [Option(value, str(label).capitalize()) for value, label in CHOICES[name]]
        return sorted(fixed, key=lambda option: not option.value)
    of_groups = [(value, group) for value, group in found.items() if group is not None]
    if name in GROUP_LABELS:
        in_order = sorted(of_groups, key=lambda pair: pair[1].order)
        return [Option(value, GROUP_LABELS[name](group)) for value, group in in_order]
    named = [Option(value, places.name(value)) for value in found if value]
    return [*sorted(named, key=lambda option: option.label), Option("", _("Not stated"))]
