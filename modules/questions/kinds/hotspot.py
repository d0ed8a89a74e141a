"""A place to find in a picture. A response is the key of the place chosen: "b".

The places are options with a centre and a radius, in per cent of the picture's width and height;
the radius is of the width. All look alike, and each has its letter by its turn in the order.
"""

from collections.abc import Sequence
from dataclasses import replace

from modules.questions import options
from modules.questions.errors import DefinitionError
from modules.questions.kinds import single
from modules.questions.pictures import LARGEST_RADIUS, frame_of, without_letters
from modules.questions.presenting import Presented, Spot
from modules.questions.shapes import MISCONCEPTION, Definition, Shape, check_shape, plain_number

KIND = "hotspot"
METHODS = single.METHODS
DEFAULT_METHOD = single.DEFAULT_METHOD
PLACE = Shape(
    fields=("key", "correct", MISCONCEPTION, "x", "y", "radius", "text", "feedback"),
    facts=("key", "correct", MISCONCEPTION, "x", "y", "radius"),
    optional=(MISCONCEPTION,),
    notes=(MISCONCEPTION,),
)
SHAPE = Shape(
    # `file` says where the picture lies in the library; without it the question holds it alone.
    fields=("stem", "file", "picture", "alt", "options", "feedback"),
    facts=("file", "picture"),
    optional=("file",),
    lists={"options": PLACE},
    shuffled="options",
)

read = single.read
mark = single.mark
right = single.right
explain = single.explain


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    options.check_one_correct(definition)
    if frame_of(definition["structure"]["picture"]) is None:
        raise DefinitionError("picture: it must be one <svg> with a viewBox.")
    for place in definition["structure"]["options"]:
        where = f'options, "{place["key"]}"'
        if not all(0 <= plain_number(place[name], where) <= 100 for name in ("x", "y")):  # noqa: PLR2004
            raise DefinitionError(f"{where}: x and y are per cent, from 0 to 100.")
        if not 1 <= plain_number(place["radius"], where) <= LARGEST_RADIUS:
            raise DefinitionError(f"{where}: the radius is from 1 to {LARGEST_RADIUS} per cent.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """The places in `order`, and the picture without letters of its own."""
    shown = options.present(definition, order, lang)
    places = {
        place["key"]: Spot(place["x"], place["y"], place["radius"])
        for place in definition["structure"]["options"]
    }
    return replace(
        shown,
        picture=without_letters(definition["structure"]["picture"]),
        alt=definition["texts"][shown.lang]["alt"],
        parts=tuple(replace(part, spot=places[part.key]) for part in shown.parts),
    )
