"""What a guide for item writers would say of a question: advice, which never blocks.

Pure: a definition in, remarks out; whoever shows them has the words. The rules follow Haladyna,
Downing & Rodriguez 2002, "A review of multiple-choice item-writing guidelines for classroom
assessment", Applied Measurement in Education 15(3), cited below as HDR with the number of the
guideline; and Rodriguez 2005, "Three options are optimal for multiple-choice items", Educational
Measurement: Issues and Practice 24(2): few options that mislead are worth more than many.

A rule looks at what a kind's shape has, never at its name: at lists of parts with texts, at those
among them of which some are right. Rules about words of English are silent in other languages.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from modules.questions.digits import NumberError, read_number
from modules.questions.kinds import kind_of
from modules.questions.shapes import SOURCE, Definition

# The key is conspicuous when it is longer than every other option by this share and these letters.
LONGER_BY, LONGER_LETTERS = Fraction(3, 10), 15
# Options differ very much when the longest has so many times the letters of the shortest, and more.
TIMES, MORE_LETTERS = 3, 50
SHORTEST_FEEDBACK = 12  # letters; "Right." and "Not this." tell nothing
SHORTEST_CLUE = 6  # letters of a word of the stem that gives the key away
STEM_OF_CLUE = 6  # letters by which "contribute" and "contributions" are one word
FEWEST_FOR_POSITION = 4  # questions of a form, before the place of the key says anything
FEWEST_OPTIONS = 3  # below, an option is always the longest or the shortest

SENTENCE_ENDS = re.compile(r"(?<=[.!?؟។])\s+")
ASKING = re.compile(r"[?؟]")
UNFINISHED = re.compile(r"(?::|…|\.\.\.|_{2,})\s*$")
# Of English: with these an author begins when she tells what to do instead of asking.
TELLING = re.compile(
    r"\b(?:arrange|build|calculate|choose|classify|compare|complete|compute|count|decide|define"
    r"|describe|design|draft|drag|draw|enter|estimate|explain|fill|find|give|identify|judge|link"
    r"|list|make|mark|match|name|order|pair|pick|plan|point|prepare|propose|put|rank|read|say"
    r"|select|show|sort|state|tap|tell|tick|type|work out|write)\b",
    re.IGNORECASE,
)
ALL_OR_NONE = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the above|these|them|the others|the options)\b",
    re.IGNORECASE,
)
# A question for what does not hold: “Which … is not …?”. What follows "if" or "who" is a case.
ASKED_FOR = re.compile(
    r"(?:^|, )\W*(?:[Ww]hich|[Ww]hat|[Ww]hom?|[Ww]here|[Ww]hen|[Hh]ow)\b(?P<rest>.*)"
)
SUBORDINATE = re.compile(
    r"[,;]|\b(?:if|when|who|whose|that|because|although|where|while|whether)\b"
)
NEGATIVE = re.compile(r"\b(?:not|never|except|cannot|(?<!at )least)\b|n['’]t\b")
EXCEPT = re.compile(r"\bexcept\b")
STARRED = re.compile(r"\*\*.*?\*\*")
ABSOLUTE = re.compile(
    r"\b(?:always|never|completely|absolutely|entirely|totally|impossible|invariably"
    r"|under no circumstances|without exception|in every case|in all cases)\b",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"(?P<low>[\d.,٫٬]*\d)\s*(?:%|percent|per cent)?\s*(?:–|—|-|\bto\b)\s*(?P<high>[\d.,٫٬]*\d)"
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|%")
# Of English: words that may differ between two options of one meaning.
FILLING = frozenset(
    ("a", "an", "the", "it", "is", "are", "be", "of", "to", "in", "on", "for", "by")
)
# What stands on its two sides may change places, and the meaning stays.
SWAPPED = re.compile(r",|;|\band\b|\bor\b")


@dataclass(frozen=True)
class Advice:
    """One remark. `parts` are the keys of the options meant, `words` what stood out in them."""

    rule: str
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """Texts of a question by key. `right` is None where none of them can be right or wrong."""

    texts: Mapping[str, str]
    right: frozenset[str] | None

    @property
    def key(self) -> str | None:
        """The one that is right, where exactly one is."""
        return next(iter(self.right)) if self.right is not None and len(self.right) == 1 else None

    @property
    def wrong(self) -> list[str]:
        return [key for key in self.texts if key not in (self.right or ())]


@dataclass(frozen=True)
class Read:
    """What the rules look at: one question in one language."""

    lang: str
    stem: str
    is_statement: bool  # the stem is judged as true or false, so it asks nothing itself
    lists: tuple[Options, ...]
    feedback: Mapping[str, str]  # by the key of its part, "" for that of the whole question


type Rule = Callable[[Read], Iterator[Advice]]


def advise(definition: Definition, lang: str = SOURCE) -> list[Advice]:
    """What to think over in the words of `lang`, in the order of `RULES`; [] for nothing.

    `definition` need not pass its kind's check, but has its shape and texts in `lang`.
    """
    question = _read(definition, lang)
    rules = [*RULES, *(ENGLISH_RULES if lang == SOURCE else ())]
    return [advice for rule in rules for advice in rule(question)]


def advise_form(definitions: Sequence[Definition]) -> list[Advice]:
    """`same_place`: the key stands at one place in every question with one key (HDR 20).

    A paper shuffles its options, a printed draft or an export does not. At least
    `FEWEST_FOR_POSITION` questions with `FEWEST_OPTIONS` options are needed; no language plays a
    part. `parts` holds the place, from 1.
    """
    places = Counter(
        list(options.texts).index(options.key) + 1
        for definition in definitions
        for options in _read(definition, SOURCE).lists
        if options.key and len(options.texts) >= FEWEST_OPTIONS
    )
    if len(places) == 1 and places.total() >= FEWEST_FOR_POSITION:
        return [Advice("same_place", (str(next(iter(places))),))]
    return []


def unused_outcomes(outcomes: Collection[str], asked: Collection[str]) -> list[str]:
    """Those of the `outcomes` that no question asks for: what is taught and never looked at.

    HDR 1: every item reflects specific content; so each content needs an item.
    """
    return [code for code in outcomes if code not in asked]


def key_is_longest(question: Read) -> Iterator[Advice]:
    """The right option is the longest by `LONGER_BY` and `LONGER_LETTERS`: HDR 24 and 28d.

    Whoever guesses takes the longest, because what is right is written with care.
    """
    for options in question.lists:
        if options.key and len(options.texts) >= FEWEST_OPTIONS:
            longest = max(len(options.texts[key]) for key in options.wrong)
            more = len(options.texts[options.key]) - longest
            if more >= LONGER_LETTERS and more >= LONGER_BY * longest:
                yield Advice("key_is_longest", (options.key,))


def uneven_options(question: Read) -> Iterator[Advice]:
    """One option is `TIMES` as long as another and `MORE_LETTERS` longer: HDR 24."""
    for options in question.lists:
        if options.right is not None and len(options.texts) >= FEWEST_OPTIONS:
            by_length = sorted(options.texts, key=lambda key: len(options.texts[key]))
            short, long = by_length[0], by_length[-1]
            letters, most = len(options.texts[short]), len(options.texts[long])
            if most >= TIMES * letters and most - letters >= MORE_LETTERS:
                yield Advice("uneven_options", (short, long))


def same_option(question: Read) -> Iterator[Advice]:
    """Two parts say the same, letter for letter but for case and punctuation: HDR 19 and 22."""
    for options in question.lists:
        for one, other in combinations(options.texts, 2):
            words = _words(options.texts[one])
            if words and words == _words(options.texts[other]):
                yield Advice("same_option", (one, other))


def same_meaning(question: Read) -> Iterator[Advice]:
    """Two options are the same number, or name the same things in another order: HDR 19 and 22."""
    for options in question.lists:
        for one, other in combinations(options.texts, 2):
            texts = options.texts[one], options.texts[other]
            if _words(texts[0]) != _words(texts[1]) and _mean_the_same(*texts):
                yield Advice("same_meaning", (one, other))


def overlapping(question: Read) -> Iterator[Advice]:
    """Ranges of numbers that share a number, or an option that holds another: HDR 22.

    Whoever takes the wider one cannot be wrong. Only where one option is right.
    """
    for options in question.lists:
        if options.key:
            for one, other in combinations(options.texts, 2):
                texts = options.texts[one], options.texts[other]
                if _share_numbers(*texts) or _holds(*texts) or _holds(*reversed(texts)):
                    yield Advice("overlapping", (one, other))


def thin_feedback(question: Read) -> Iterator[Advice]:
    """Feedback that is missing, or too short to give a reason.

    HDR say nothing of feedback; that its reason is what teaches is the finding of Shute 2008,
    "Focus on formative feedback", Review of Educational Research 78(1).
    """
    thin = tuple(
        key for key, text in question.feedback.items() if len(text.strip()) < SHORTEST_FEEDBACK
    )
    if thin:
        yield Advice("thin_feedback", thin)


def asks_nothing(question: Read) -> Iterator[Advice]:
    """The stem neither asks nor tells what to do, nor stops where an option goes on: HDR 14, 15."""
    if question.is_statement or ASKING.search(question.stem) or UNFINISHED.search(question.stem):
        return
    if question.lang == SOURCE and not TELLING.search(question.stem):
        yield Advice("asks_nothing")


def all_or_none(question: Read) -> Iterator[Advice]:
    """Options such as "all of the above": HDR 25 and 26. English alone."""
    for options in question.lists:
        found = tuple(key for key, text in options.texts.items() if ALL_OR_NONE.search(text))
        if found:
            yield Advice("all_or_none", found)


def negative_stem(question: Read) -> Iterator[Advice]:
    """What is asked for is what does not hold, and the word is not set off: HDR 17. English alone.

    NOT in capitals or between stars is seen.
    """
    for sentence in SENTENCE_ENDS.split(STARRED.sub("", question.stem)):
        if ASKING.search(sentence) or UNFINISHED.search(sentence):
            asked = ASKED_FOR.search(sentence)
            main = SUBORDINATE.split(asked["rest"])[0] if asked else ""
            if found := NEGATIVE.search(main) or EXCEPT.search(sentence):
                yield Advice("negative_stem", words=(found[0],))
                return


def absolute_words(question: Read) -> Iterator[Advice]:
    """Words such as "always" stand in wrong options only: HDR 28a. English alone.

    Hardly anything is always so, and who guesses knows it.
    """
    for options in question.lists:
        if options.right:
            found = {key: ABSOLUTE.findall(text) for key, text in options.texts.items()}
            parts = tuple(key for key in options.wrong if found[key])
            if parts and not any(found[key] for key in options.right):
                words = dict.fromkeys(word.lower() for key in parts for word in found[key])
                yield Advice("absolute_words", parts, tuple(words))


def clue(question: Read) -> Iterator[Advice]:
    """A word of the stem comes back in the key and in no other option: HDR 28b. English alone."""
    for options in question.lists:
        if options.key and len(options.texts) >= FEWEST_OPTIONS:
            stem = _long_words(question.stem)
            key = _long_words(options.texts[options.key])
            others = {word for wrong in options.wrong for word in _long_words(options.texts[wrong])}
            if words := [key[word] for word in key if word in stem and word not in others]:
                yield Advice("clue", (options.key,), tuple(words))


RULES: tuple[Rule, ...] = (
    *(key_is_longest, uneven_options, same_option, same_meaning, overlapping, thin_feedback),
    asks_nothing,
)
ENGLISH_RULES: tuple[Rule, ...] = (all_or_none, negative_stem, absolute_words, clue)
FORM_RULES = ("same_place",)


def _read(definition: Definition, lang: str) -> Read:
    """The question in `lang`; of a shape it takes what is there."""
    shape, structure = kind_of(definition).SHAPE, definition["structure"]
    words = definition["texts"][lang]
    lists, feedback = [], {"": words["feedback"]} if "feedback" in words else {}
    is_statement = False
    for name, part in shape.lists.items():
        rows = {row[part.fields[0]]: row for row in structure[name]}
        judged = "correct" in part.facts
        if "text" in part.texts and not part.bare:
            texts = {key: words[name][key].get("text", "") for key in rows}
            right = frozenset(key for key, row in rows.items() if row.get("correct"))
            lists.append(Options(texts, right if judged else None))
        elif judged:
            is_statement = True
        if "feedback" in part.texts:
            feedback |= {key: words[name][key].get("feedback", "") for key in rows}
    return Read(lang, words.get("stem", ""), is_statement, tuple(lists), feedback)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _long_words(text: str) -> dict[str, str]:
    """Words long enough to be a clue, by the letters that count."""
    found = (word for word in _words(text) if len(word) >= SHORTEST_CLUE and word.isalpha())
    return {word[:STEM_OF_CLUE]: word for word in found}


def _mean_the_same(one: str, other: str) -> bool:
    numbers = _number(one), _number(other)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return bool(_things(one)) and _things(one) == _things(other)


def _things(text: str) -> list[list[str]]:
    """What is joined by "and", "or" or a comma, in one order, without words that fill."""
    parts = (_words(part) for part in SWAPPED.split(text.casefold()))
    return sorted([word for word in part if word not in FILLING] for part in parts if part)


def _number(text: str) -> Fraction | None:
    try:
        return read_number(text.strip().rstrip("."))
    except NumberError:
        return None


def _share_numbers(one: str, other: str) -> bool:
    first, second = _range(one), _range(other)
    if first is None or second is None:
        return False
    return first[0] <= second[1] and second[0] <= first[1]


def _range(text: str) -> tuple[Fraction, Fraction] | None:
    found = RANGE.search(text)
    if found is None:
        return None
    low, high = _number(found["low"]), _number(found["high"])
    return (low, high) if low is not None and high is not None and low <= high else None


def _holds(one: str, other: str) -> bool:
    """Whether the words of `other` stand in a row in `one`, and others beside them."""
    long, short = _words(one), _words(other)
    if not short or len(short) >= len(long):
        return False
    return any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))
