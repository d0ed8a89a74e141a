"""A short case and one right option about it. A response is the key of the option chosen: "b".

Questions of one `set` are about the same case; each is answered and marked for itself.
"""

from modules.questions import options
from modules.questions.errors import DefinitionError
from modules.questions.kinds import single
from modules.questions.shapes import KEY, OPTION, Definition, Shape, check_shape

KIND = "scenario"
METHODS = single.METHODS
DEFAULT_METHOD = single.DEFAULT_METHOD
SHAPE = Shape(
    fields=("case", "set", "stem", "options", "feedback"),
    facts=("set",),
    may_lack=("set",),
    lists={"options": OPTION},
    shuffled="options",
)

present = single.present
read = single.read
mark = single.mark
explain = single.explain


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    if not KEY.fullmatch(definition["structure"].get("set", "a")):
        raise DefinitionError("set: its name may hold small letters, digits and hyphens only.")
    options.check_one_correct(definition)
