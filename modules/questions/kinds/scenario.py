"""A short case and one right option about it. A response is the key of the option chosen: "b"."""

from modules.questions import options
from modules.questions.kinds import single
from modules.questions.shapes import OPTION, Definition, Shape, check_shape

KIND = "scenario"
METHODS = single.METHODS
DEFAULT_METHOD = single.DEFAULT_METHOD
SHAPE = Shape(
    fields=("case", "stem", "options", "feedback"), lists={"options": OPTION}, shuffled="options"
)

present = single.present
read = single.read
mark = single.mark
explain = single.explain


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    options.check_one_correct(definition)
