"""How an item of QTI is marked, where we understand it in full.

Understood are the templates match_correct and map_response, and rules written out that say the
same: the full mark where the response is right or near enough, the mapped value, or a sum of such
values. Rules that only choose feedback are passed over. All else is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from modules.interchange.drafts import Notes, Refusal
from modules.interchange.holding import number_in, plain
from modules.interchange.trees import Node

SCORE = "SCORE"
NEAR = Decimal("0.0001")
MATCH, MAP, NEARLY, BY_HAND = "match", "map", "equal", "by_hand"
TEMPLATES = {"match_correct": MATCH, "map_response": MAP}
# What a rule may set beside the score, since it changes no mark.
ABOUT_FEEDBACK = "FEEDBACK"


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= NEAR


@dataclass
class Response:
    """One response: what is right, what each answer is worth, and how that becomes a mark."""

    name: str
    cardinality: str = "single"
    base: str = ""
    right: list[str] = field(default_factory=list)
    values: dict[str, Decimal] = field(default_factory=dict)
    usual: Decimal = Decimal(0)
    lower: str = ""  # bounds of the mapped sum
    upper: str = ""
    counts_case: bool = False
    way: str = ""
    worth: Decimal = Decimal(1)  # of a match
    tolerance: tuple[str, str] = ("", "")  # its mode, and what it allows

    @property
    def best(self) -> Decimal:
        """The most that can be earned."""
        if self.way != MAP:
            return self.worth
        good = [value for value in self.values.values() if value > 0]
        several = self.cardinality == "multiple"
        return sum(good, Decimal(0)) if several else max(good, default=Decimal(0))

    def method_of_one(self, options: int, notes: Notes) -> str:
        if self.way == MATCH:
            return "right_or_wrong"
        best = self.best
        top = [name for name, value in self.values.items() if value == best and best > 0]
        self.right[:] = top if len(top) == 1 else self.right
        wrong = [value for value in self.values.values() if value != best]
        wrong += [self.usual] * (options - len(self.values))
        penalty = -best / (options - 1) if options > 1 else Decimal(0)
        if wrong and not self.lower and all(_near(value, penalty) for value in wrong):
            return "penalised"
        if any(wrong):
            notes.changed("shares", shares=", ".join(plain(value) for value in wrong if value))
        return "right_or_wrong"

    def method_of_several(self, options: int, notes: Notes) -> str:
        if self.way == MATCH:
            return "all_or_nothing"
        right = {name for name, value in self.values.items() if value > 0}
        self.right[:] = [name for name in self.values if name in right]
        even = self.best / len(right) if right else Decimal(1)
        worth = [*self.values.values()] + [self.usual] * (options - len(self.values))
        uneven = any(not _near(abs(value), even) for value in worth)
        if uneven or self.is_bounded_otherwise:
            notes.changed("weights", shares=", ".join(map(plain, worth)))
        return "plus_minus"

    @property
    def is_bounded_otherwise(self) -> bool:
        """Whether the sum may fall below nothing, or ends below the best."""
        below = not self.lower or number_in(self.lower, "lowerBound") != 0
        return below or bool(self.upper and number_in(self.upper, "upperBound") < self.best)

    def method_of_pairs(self, notes: Notes) -> str:
        if self.way == MATCH:
            return "all_or_nothing"
        right = {name: value for name, value in self.values.items() if value > 0}
        self.right[:] = self.right or list(right)
        even = self.best / len(right) if right else Decimal(1)
        uneven = any(not _near(value, even) for value in right.values())
        if uneven or self.usual or len(right) < len(self.values):
            notes.changed("weights", shares=", ".join(map(plain, self.values.values())))
        return "per_pair"

    def must_be_all_or_nothing(self, node: Node) -> None:
        if self.way != MATCH:
            raise Refusal("qti_marking", node.line)

    def only_right(self, node: Node) -> str:
        if self.way == MAP:
            best = [name for name, value in self.values.items() if value == self.best]
            if len(best) == 1:
                return best[0]
        if len(self.right) != 1:
            raise Refusal("gap_without_key", node.line, gap=self.name)
        return self.right[0]

    def accepted(self, notes: Notes) -> list[str]:
        """The answers worth the most; lesser ones are noted."""
        if self.counts_case:
            notes.changed("case_ignored")
        if self.way == MATCH or not self.values:
            return self.right
        lesser = [value for value in self.values.values() if value not in (self.best, 0)]
        if lesser:
            notes.changed("shares", shares=", ".join(map(plain, lesser)))
        return [text for text, value in self.values.items() if value == self.best]

    def number(self, node: Node) -> dict[str, str]:
        """The answer and how far off may be, as our definitions say it."""
        right = self.right or [name for name, value in self.values.items() if value == self.best]
        if len(right) != 1:
            raise Refusal("several_numbers", node.line, n=str(len(right)))
        answer = number_in(right[0], self.name)
        mode, allowed = self.tolerance
        parts = allowed.split() or ["0"]
        below, above = (number_in(part, self.name) for part in (parts[0], parts[-1]))
        said = {"answer": plain(answer)}
        if mode == "relative" and below == above:
            return {**said, "tolerance": f"{plain(below)}%"}
        if mode == "relative":
            raise Refusal("qti_marking", node.line)
        if below == above:
            return {**said, "tolerance": plain(below)}
        return {**said, "min": plain(answer - below), "max": plain(answer + above)}


@dataclass
class Marking:
    """The responses of an item by their names. `full` is None where nothing is marked."""

    responses: dict[str, Response]
    full: Decimal | None
    line: int

    def response(self, node: Node) -> Response:
        """That of an interaction; raises `Refusal` where its mark is not understood."""
        found = self.responses.get(node.get("responseIdentifier"))
        if found is None:
            raise Refusal("qti_no_response", node.line)
        if not found.way and node.name != "extendedTextInteraction":
            raise Refusal("qti_marking", self.line)
        return found

    def must_share_evenly(self, notes: Notes) -> None:
        worth = [one.best for one in self.responses.values()]
        if any(not _near(one, worth[0]) for one in worth):
            notes.changed("weights", shares=", ".join(map(plain, worth)))


def marking_of(root: Node) -> Marking:
    """Raises `Refusal` for rules that are not understood."""
    responses = {
        node.get("identifier"): _declared(node) for node in root.all("responseDeclaration")
    }
    processing = root.find("responseProcessing")
    line = processing.line if processing else root.line
    if processing:
        template = processing.get("template").rpartition("/")[2].removesuffix(".xml")
        if template:
            _by_template(template, responses, processing)
        else:
            for rule in processing.children:
                _rule(rule, responses)
    return Marking(responses, _full(root, responses), line)


def _full(root: Node, responses: dict[str, Response]) -> Decimal | None:
    for node in root.all("outcomeDeclaration"):
        if node.get("identifier") == "MAXSCORE" and (said := node.say("defaultValue", "value")):
            return number_in(said, "MAXSCORE")
    marked = [one.best for one in responses.values() if one.way]
    total = sum(marked, Decimal(0))
    return round(total, 3) if marked and total > 0 else None


def _declared(node: Node) -> Response:
    found = Response(
        node.get("identifier"), node.get("cardinality", "single"), node.get("baseType")
    )
    right = node.find("correctResponse")
    found.right = [value.words for value in right.all("value")] if right else []
    mapping = node.find("mapping")
    if mapping:
        found.usual = number_in(mapping.get("defaultValue", "0"), "defaultValue")
        found.lower, found.upper = mapping.get("lowerBound"), mapping.get("upperBound")
        for entry in mapping.all("mapEntry"):
            value = number_in(entry.get("mappedValue"), "mappedValue")
            found.values[entry.get("mapKey")] = value
            found.counts_case |= entry.get("caseSensitive", "true") == "true"
    found.counts_case &= found.base == "string"
    return found


def _by_template(template: str, responses: dict[str, Response], node: Node) -> None:
    if template not in TEMPLATES or len(responses) != 1:
        raise Refusal("qti_template", node.line, template=template)
    only = next(iter(responses.values()))
    only.way = TEMPLATES[template]
    if only.way == MATCH and only.base == "string":
        only.counts_case = True


# --- rules written out ---------------------------------------------------------------------------


def _rule(rule: Node, responses: dict[str, Response]) -> None:
    if rule.name == "setOutcomeValue":
        _set(rule, responses)
    elif rule.name == "responseCondition":
        _condition(rule, responses)
    else:
        raise Refusal("qti_marking", rule.line)


def _set(rule: Node, responses: dict[str, Response]) -> None:
    """SCORE = map(R), or SCORE = SCORE + map(R); what sets feedback is passed over."""
    if rule.get("identifier") != SCORE:
        _only_feedback(rule)
        return
    for one in _addends(rule, responses):
        if one.name != "mapResponse":
            raise Refusal("qti_marking", rule.line)
        _of(one, responses).way = MAP


def _addends(rule: Node, responses: dict[str, Response]) -> Iterator[Node]:
    """The expressions that a rule adds to the score."""
    value = rule.children[0] if len(rule.children) == 1 else rule
    parts = value.children if value.name == "sum" else [value]
    for part in parts:
        if part.name == "variable" and part.get("identifier") == SCORE and value.name == "sum":
            continue
        yield part


def _only_feedback(rule: Node) -> None:
    if not rule.get("identifier").startswith(ABOUT_FEEDBACK):
        raise Refusal("qti_marking", rule.line)


def _condition(rule: Node, responses: dict[str, Response]) -> None:
    """If R is right, or near enough, the score is a number; else it is 0, or only feedback."""
    first, *others = rule.children or [rule]
    for inner in (inner for other in others for inner in other.children):
        if not _is_harmless(inner):
            raise Refusal("qti_marking", inner.line)
    if first.name != "responseIf" or not first.children:
        raise Refusal("qti_marking", rule.line)
    found = _tested(first.children[0], responses)
    for inner in first.children[1:]:
        if inner.get("identifier") != SCORE:
            _only_feedback(inner)
            continue
        values = [part for part in _addends(inner, responses) if part.name == "baseValue"]
        if inner.name != "setOutcomeValue" or len(values) != 1:
            raise Refusal("qti_marking", inner.line)
        found.worth = number_in(values[0].words, SCORE)
        found.way = MATCH


def _is_harmless(rule: Node) -> bool:
    """Whether an answer that is not right earns nothing by this rule."""
    if rule.name != "setOutcomeValue":
        return False
    if rule.get("identifier") != SCORE:
        return rule.get("identifier").startswith(ABOUT_FEEDBACK)
    value = rule.find("baseValue")
    return value is not None and not number_in(value.words, SCORE)


def _tested(test: Node, responses: dict[str, Response]) -> Response:
    if test.name not in (MATCH, NEARLY):
        raise Refusal("qti_marking", test.line)
    names = [(part.name, part.get("identifier")) for part in test.children]
    found = _of(test.children[0], responses) if test.children else None
    if found is None or names != [("variable", found.name), ("correct", found.name)]:
        raise Refusal("qti_marking", test.line)
    if test.name == NEARLY:
        mode = test.get("toleranceMode", "exact")
        inside = all(test.get(f"include{end}Bound", "true") == "true" for end in ("Lower", "Upper"))
        if mode not in ("exact", "absolute", "relative") or not inside:
            raise Refusal("qti_marking", test.line)
        found.tolerance = ("absolute", "0") if mode == "exact" else (mode, test.get("tolerance"))
    elif found.base == "string":
        found.counts_case = True
    return found


def _of(node: Node, responses: dict[str, Response]) -> Response:
    found = responses.get(node.get("identifier"))
    if found is None:
        raise Refusal("qti_marking", node.line)
    return found
