"""What figures of questions say, in words for who decides."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.measurement.basis import MIN_FULL, MIN_ROUGH
from learning.measurement.items import Analysis, Flag, Item
from learning.measurement.options import Choices, Option, OptionFlag
from learning.reporting.choosing import Chosen
from learning.reporting.comparing import tenths
from modules.reference.lists import left_to_right, listed

GOOD, FAIR = 0.8, 0.7  # of alpha: for marks of persons, for means of groups

ITEM_FLAGS = {
    Flag.HARD: gettext_lazy("hardly anybody has it right: is it taught, and is the key right?"),
    Flag.EASY: gettext_lazy("nearly everybody has it right"),
    Flag.SAME: gettext_lazy("everybody has the same mark"),
    Flag.WEAK: gettext_lazy("says little of who knows more"),
    Flag.AGAINST: gettext_lazy("who knows more gets it wrong: check the key"),
}


def letter(place: int) -> str:
    """What a page calls an option, by its place."""
    return chr(ord("A") + place)


def remarks(item: Item, chosen: Chosen, *, names_options: bool) -> list[str]:
    """What to look at in a question, the only one of `chosen`.

    Which option it is, is for who knows the key.
    """
    flags = [flag for flag in item.flags if flag == Flag.SAME or Flag.SAME not in item.flags]
    said = [str(ITEM_FLAGS[flag]) for flag in flags]
    choices, parts = chosen.choices.get(0), chosen.parts.get(0, ())
    if names_options:
        for place, part in enumerate(parts):
            said += part_remarks(place, part)
        if choices is None:
            return said
        for place, option in enumerate(choices.options):
            said += _pulls(place, option)
        # Where nearly everybody is right, no wrong option can be chosen much.
        return said if Flag.EASY in item.flags else said + _idle(choices)
    if choices and any(flag in _WARNING for option in choices.options for flag in option.flags):
        said.append(_("a wrong option attracts those who know more: have the key checked"))
    if any(True for place, part in enumerate(parts) for _said in part_remarks(place, part)):
        said.append(_("a part of it pulls those who know more away from its key: have it checked"))
    return said


def _idle(choices: Choices) -> list[str]:
    """Wrong options that nearly nobody believes, in one."""
    idle = [
        letter(place)
        for place, option in enumerate(choices.options)
        if OptionFlag.RARE in option.flags
    ]
    if not idle:
        return []
    return [_("hardly anybody believes in: {options}").format(options=listed(idle))]


_WARNING = {
    *(OptionFlag.ATTRACTS, OptionFlag.ABOVE_KEY, OptionFlag.REPELS),
    *(OptionFlag.LEFT_OUT, OptionFlag.TAKEN),
}


def option_remarks(place: int, option: Option) -> Iterator[str]:
    """Of one option; what follows from the plainest thing is not said twice."""
    yield from _pulls(place, option)
    if OptionFlag.RARE in option.flags:
        yield _("hardly anybody believes in it")


def _pulls(place: int, option: Option) -> Iterator[str]:
    name = letter(place)
    if OptionFlag.ABOVE_KEY in option.flags:
        yield _("option {name} attracts the strongest: check the key").format(name=name)
    elif OptionFlag.TAKEN in option.flags:
        yield _("most of the strongest tick {name}, a wrong option: check the key").format(
            name=name
        )
    elif OptionFlag.ATTRACTS in option.flags:
        yield _("option {name} attracts those who know more").format(name=name)
    if OptionFlag.LEFT_OUT in option.flags:
        yield _("most of the strongest leave out {name}, a key: check it").format(name=name)
    elif OptionFlag.REPELS in option.flags:
        yield _("the key, {name}, is chosen by those who know less").format(name=name)


def part_remarks(place: int, part: Choices, texts: Sequence[str] = ()) -> Iterator[str]:
    """Of a statement or a pair. `texts`: what its choices say, where there is room for them.

    That a choice attracts who knows more is told only where it beats the key: of many choices in
    many parts some do so by chance.
    """
    name = letter(place)
    above = [n for n, one in enumerate(part.options) if OptionFlag.ABOVE_KEY in one.flags]
    if above and texts:
        chosen = max(above, key=lambda n: part.options[n].count)
        yield _("the strongest choose “{text}” for {name}: check the key").format(
            text=texts[chosen], name=name
        )
    elif above:
        yield _("the strongest have {name} otherwise: check the key").format(name=name)
    elif any(OptionFlag.REPELS in option.flags for option in part.options):
        yield _("who knows more has {name} wrong: check the key").format(name=name)


def sentences(found: Analysis, points: float, unfinished: int, behind: int) -> list[str]:
    """What the figures of a test say; `points` are those of 100 that one mark is worth."""
    return [*_answer(found, points), *_gaps(unfinished, behind)]


def _answer(found: Analysis, points: float) -> Iterator[str]:
    if found.n < MIN_ROUGH or found.mean is None:
        yield _("Too few people took this test to say anything: {n} are needed.").format(
            n=MIN_ROUGH
        )
        return
    yield ngettext(
        "{n} person answered {mean} of 100 on average.",
        "{n} people answered {mean} of 100 on average.",
        found.n,
    ).format(n=found.n, mean=tenths(found.mean * points))
    yield _reliability(found, points)
    if found.n < MIN_FULL:
        yield _("Fewer than {n} people took it: every figure is rough.").format(n=MIN_FULL)


def _reliability(found: Analysis, points: float) -> str:
    if found.alpha is None or found.sem is None:
        return _("Everybody has the same mark, so nothing can be said of how reliable the test is.")
    if found.alpha <= 0:
        return _("The test is not reliable: its questions do not measure one thing.")
    reach = left_to_right(f"±\u00a0{tenths(found.sem * points)}")
    if found.alpha >= GOOD:
        return _("It is reliable: a person’s mark is certain to about {reach} points.").format(
            reach=reach
        )
    if found.alpha >= FAIR:
        return _(
            "It is reliable enough for groups, less so for persons: a mark is certain to about"
            " {reach} points."
        ).format(reach=reach)
    return _(
        "It is little reliable: a person’s mark is certain to about {reach} points only, so do not"
        " read much into differences between persons."
    ).format(reach=reach)


def _gaps(unfinished: int, behind: int) -> Iterator[str]:
    if unfinished:
        yield ngettext(
            "{n} test is not counted because an answer waits to be marked.",
            "{n} tests are not counted because answers wait to be marked.",
            unfinished,
        ).format(n=unfinished)
    if behind:
        yield ngettext(
            "{n} test has still to be read: open this page again in a moment.",
            "{n} tests have still to be read: open this page again in a moment.",
            behind,
        ).format(n=behind)


def in_one(said: list[str]) -> str:
    return listed(said)
