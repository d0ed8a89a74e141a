"""A statement to judge. A response is "true" or "false"; the page has the words for both."""

from modules.questions import options
from modules.questions.errors import DefinitionError
from modules.questions.kinds import single
from modules.questions.shapes import MISCONCEPTION, Definition, Shape, check_shape

KIND = "truefalse"
METHODS = single.METHODS
DEFAULT_METHOD = single.DEFAULT_METHOD
JUDGEMENT = Shape(
    fields=("key", "correct", MISCONCEPTION, "feedback"),
    facts=("key", "correct", MISCONCEPTION),
    optional=(MISCONCEPTION,),
    notes=(MISCONCEPTION,),
)
SHAPE = Shape(fields=("stem", "options", "feedback"), lists={"options": JUDGEMENT})

present = single.present
read = single.read
mark = single.mark
right = single.right
explain = single.explain


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    if sorted(options.keys_of(definition)) != ["false", "true"]:
        raise DefinitionError('options: the keys must be "true" and "false".')
    options.check_one_correct(definition)
