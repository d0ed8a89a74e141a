"""What a guide for item writers would say of the questions of a library: told, never refused."""

from collections import Counter
from collections.abc import Iterator

from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.library import Library
from modules.loading.syllabus import FORMS, outcomes_of, questions_of_form
from modules.questions.advice import Advice, advise, advise_form, unused_outcomes
from modules.questions.definitions import from_tables
from modules.questions.shapes import Definition


def advice_counted(library: Library) -> Iterator[str]:
    """One line: how often each rule has something to say, the most often first."""
    count = Counter(advice.rule for _, advice in advice_of(library))
    said = ", ".join(f"{rule} {n}" for rule, n in sorted(count.items(), key=lambda p: (-p[1], p)))
    yield f"Advice on questions: {said or 'none'}."


def advice_named(library: Library) -> Iterator[str]:
    """A line for each remark: where it is, its rule, the parts and words meant."""
    for entry, advice in advice_of(library):
        meant = " ".join((*advice.parts, *advice.words))
        where = entry.value.get("key") or entry.name.path
        yield f"{entry.place.file}: {where}: {advice.rule} {meant}".rstrip()


def advice_of(library: Library) -> Iterator[tuple[Entry, Advice]]:
    """Of every question in every language, every form, and every outcome that nobody asks for."""
    for entry in library.of_kind("question"):
        for advice in advise(definition_of(library, entry), entry.lang):
            yield entry, advice
    asked = {entry.value["outcome"] for entry in library.of_kind("question")}
    for code in library.courses:
        for label in FORMS:
            if form := library.entries.get(Name(f"form/{code}/{label}")):
                questions = questions_of_form(library, code, label)
                for advice in advise_form([definition_of(library, one) for one in questions]):
                    yield form, advice
        outcomes = {entry.value["code"]: entry for entry in outcomes_of(library, code)}
        for outcome in unused_outcomes(list(outcomes), asked):
            yield outcomes[outcome], Advice("unused_outcome")


def definition_of(library: Library, entry: Entry) -> Definition:
    """English and the language of the entry; the library has passed its checks."""
    english = library.entries[Name(entry.name.path, SOURCE_LANG)].value
    others = {} if entry.lang == SOURCE_LANG else {entry.lang: entry.value["table"]}
    return from_tables({"kind": english["kind"], **english["table"]}, others)
