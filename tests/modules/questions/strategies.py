"""Hypothesis: any well made question, and any response to it."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from modules.questions.kinds import KINDS, kind_of
from modules.questions.shapes import Shape
from tests.modules.questions.samples import PICTURE

# The machine may be busy with other tests, and a failing example is printed anyway.
trials = settings(database=None, max_examples=60)

keys = st.lists(st.text("abcxyz019", min_size=1, max_size=3), min_size=2, max_size=6, unique=True)
places = st.integers(1, 6)
percents = st.integers(0, 100).map(str)
radii = st.sampled_from(["1", "7.5", "50"])


def words(shape: Shape, structure: dict[str, Any], lang: str, mark: str = "") -> dict[str, Any]:
    """A text for everything that `shape` asks for, each telling where it stands."""
    texts: dict[str, Any] = {name: f"{lang} {mark} {name}" for name in shape.texts}
    for name, part in shape.lists.items():
        if name not in structure:
            continue
        texts[name] = {}
        for row in structure[name]:
            key = row[part.fields[0]]
            inner = words(part, row, lang, f"{mark} {name} {key}")
            texts[name][key] = inner[part.texts[0]] if part.bare else inner
    if "gaps" in structure:
        gapped(texts, structure)
    return texts


# A gap to choose, to work out or to write.
gap_facts = st.sampled_from(
    [
        {"match": "?"},
        {"answer": "5", "tolerance": "10%"},
        {"answer": "7", "min": "7", "max": "8"},
        {},
    ]
)


def gapped(texts: dict[str, Any], structure: dict[str, Any]) -> None:
    """Give the text its gaps, and only gaps to write a list of accepted answers."""
    texts["text"] += "".join(f" [[{gap['key']}]]" for gap in structure["gaps"])
    for gap in structure["gaps"]:
        own = texts["gaps"][gap["key"]]
        own.pop("units")
        if "match" in gap or "answer" in gap:
            own.pop("accepted")


@st.composite
def structures(  # noqa: C901, PLR0911 (a case for each kind)
    draw, kind: str
) -> dict[str, Any]:
    names = ["true", "false"] if kind == "truefalse" else draw(keys)
    match kind:
        case "matching":
            targets = draw(keys)
            matches = [(key, draw(st.sampled_from(targets))) for key in names]
            return {
                "premises": [{"key": key, "match": match} for key, match in matches],
                "responses": [{"key": key} for key in targets],
            }
        case "ordering":
            return {"steps": [{"key": key} for key in names]}
        case "numeric":
            low, answer, high = sorted(draw(st.lists(st.integers(-99, 99), min_size=3, max_size=3)))
            return {"answer": str(answer), "min": str(low), "max": str(high)}
        case "cloze":
            gaps = [{"key": key, **draw(gap_facts)} for key in names]
            chosen = [gap["key"] for gap in gaps if "match" in gap]
            choices = [
                {"key": f"{n}{c}", "gap": key} for n, key in enumerate(chosen) for c in "abc"
            ]
            for n, key in enumerate(chosen):
                next(gap for gap in gaps if gap["key"] == key)["match"] = f"{n}b"
            return {"gaps": gaps, "choices": choices} if choices else {"gaps": gaps}
        case "essay" | "teachback":
            levels = [{"points": "0"}, {"points": "1"}, {"points": "2.5"}]
            rated = {"example": "1"} if kind == "essay" else {}
            return {"criteria": [{"key": key, **rated, "levels": levels} for key in names]}
        case "short":
            return {"rubric": [{"mark": "0"}, {"mark": "0.5"}, {"mark": "1"}]}
        case "multiple_truefalse":
            truths = draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
            pairs = zip(names, truths, strict=True)
            return {"statements": [{"key": key, "correct": truth} for key, truth in pairs]}
    most = len(names) - 1 if kind == "multiple" else 1
    correct = draw(st.sets(st.sampled_from(names), min_size=1, max_size=most))
    options = [{"key": key, "correct": key in correct} for key in names]
    return draw(placed(options)) if kind == "hotspot" else {"options": options}


@st.composite
def placed(draw, options: list[dict[str, Any]]) -> dict[str, Any]:
    """The options somewhere in a picture."""
    for option in options:
        option |= {"x": draw(percents), "y": draw(percents), "radius": draw(radii)}
    return {"picture": PICTURE, "options": options}


@st.composite
def definitions(draw, kinds: tuple[str, ...] = tuple(KINDS), mark: str = "") -> dict[str, Any]:
    kind = KINDS[draw(st.sampled_from(kinds))]
    structure = draw(structures(kind.KIND))
    langs = ["en", *draw(st.sets(st.sampled_from(["ur", "km", "lo"])))]
    return {
        "kind": kind.KIND,
        "method": draw(st.sampled_from(kind.METHODS)),
        "max": draw(st.sampled_from(["1", "2", "0.5"])),
        "structure": structure,
        "texts": {lang: words(kind.SHAPE, structure, lang, mark) for lang in langs},
    }


def responses(  # noqa: PLR0911 (a case for each kind)
    definition: dict[str, Any],
) -> st.SearchStrategy[Any]:
    """What a person could answer, at least one thing."""
    structure = definition["structure"]
    match definition["kind"]:
        case "multiple":
            option = st.sampled_from([option["key"] for option in structure["options"]])
            return st.sets(option, min_size=1).map(sorted)
        case "matching" | "multiple_truefalse":
            parts = structure.get("premises") or structure["statements"]
            answers = [row["key"] for row in structure.get("responses", ())] or ["true", "false"]
            part = st.sampled_from([row["key"] for row in parts])
            return st.dictionaries(part, st.sampled_from(answers), min_size=1)
        case "ordering":
            steps = [step["key"] for step in structure["steps"]]
            place = st.integers(1, len(steps))
            return st.dictionaries(st.sampled_from(steps), place, min_size=1)
        case "cloze":
            gaps = {str(n): gap for n, gap in enumerate(structure["gaps"], 1)}
            right, wrong = key_of(definition), {n: _other(gap) for n, gap in gaps.items()}
            said = st.fixed_dictionaries(
                {}, optional={n: st.sampled_from([right[n], wrong[n]]) for n in gaps}
            )
            return said.filter(bool)
        case "numeric":
            return st.decimals(-200, 200, places=2).map(str)
        case "teachback":
            criterion = st.sampled_from([row["key"] for row in structure["criteria"]])
            return st.dictionaries(criterion, st.sampled_from(["0", "1", "2.5"]), min_size=1)
        case "short" | "essay":
            return st.text("ab \nپ", min_size=1, max_size=40).map(str.strip).filter(bool)
    return st.sampled_from([option["key"] for option in structure["options"]])


def _other(gap: dict[str, Any]) -> str:
    return gap["match"].replace("b", "c") if "match" in gap else "99"


def key_of(definition: dict[str, Any]) -> Any:
    """The right response to a question that a machine can mark."""
    return kind_of(definition).right(definition)
