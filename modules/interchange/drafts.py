"""What stands between every format and the bank: drafts of questions, and remarks on a file. Pure.

A draft holds a well made definition as `questions.shapes` describes it. Our bank asks for more than
most files hold (a reason for each option, a rubric); what is missing stands as `MISSING`, which the
advice on questions finds, and a remark says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from modules.questions.definitions import from_tables
from modules.questions.errors import DefinitionError
from modules.questions.kinds import kind_of
from modules.questions.rubrics import CRITERION, EXEMPLIFIED
from modules.questions.shapes import Definition, Shape

MISSING = "…"
MOST_QUESTIONS = 2_000  # in one file
LONGEST_KEY = 80
# Texts that the bank asks for and other systems do not.
FILLED = frozenset(("feedback", "feedback_wrong", "model"))
EMPTY: Mapping[str, Any] = {}


class Verdict(StrEnum):
    """What became of something in a file, or, in a file that is written, of a question."""

    CHANGED = "changed"
    REFUSED = "refused"
    LOST = "lost"


@dataclass(frozen=True)
class Remark:
    """One line of a report. `code` names its words in `wording.py`, which `about` fills.

    `line` counts from 1, 0 where the whole file is meant; `file` is a member of an archive.
    """

    verdict: Verdict
    code: str
    line: int = 0
    file: str = ""
    key: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A question on its way. What a file does not say of it is ""; `expected` is then None."""

    key: str
    definition: Definition
    outcome: str = ""
    level: str = ""
    use: str = ""
    tags: tuple[str, ...] = ()
    expected: int | None = None
    category: str = ""
    line: int = 0
    file: str = ""

    @property
    def kind(self) -> str:
        return self.definition["kind"]

    @property
    def stem(self) -> str:
        return next(iter(self.definition["texts"].values()))["stem"]

    def with_definition(self, **changes: Any) -> "Draft":
        return replace(self, definition={**self.definition, **changes})


@dataclass(frozen=True)
class Read:
    """What a file holds, in its order."""

    drafts: tuple[Draft, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Held:
    """What a format can hold of a draft, None for nothing, and what it cannot."""

    draft: Draft | None
    losses: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Written:
    data: bytes
    remarks: tuple[Remark, ...] = ()


class Refusal(Exception):
    """A question, or a whole file, that is not taken. `code` and `about` as in `Remark`."""

    def __init__(self, code: str, line: int = 0, file: str = "", **about: str) -> None:
        super().__init__(code, about)
        self.code, self.line, self.file, self.about = code, line, file, about

    def remark(self, line: int = 0, key: str = "", file: str = "") -> Remark:
        return Remark(
            Verdict.REFUSED, self.code, self.line or line, self.file or file, key, self.about
        )


@dataclass
class Notes:
    """Collects the remarks on one question while it is read or written."""

    line: int = 0
    file: str = ""
    key: str = ""
    found: list[Remark] = field(default_factory=list)

    def changed(self, code: str, line: int = 0, **about: str) -> None:
        self._add(Verdict.CHANGED, code, line, about)

    def lost(self, code: str, **about: str) -> None:
        self._add(Verdict.LOST, code, 0, about)

    def _add(self, verdict: Verdict, code: str, line: int, about: dict[str, str]) -> None:
        remark = Remark(verdict, code, line or self.line, self.file, self.key, about)
        if remark not in self.found:
            self.found.append(remark)


class Collector:
    """Gathers what the questions of a file become: one `add` each."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.remarks: list[Remark] = []
        self.keys: set[str] = set()

    def add(self, line: int, key: str, read: Callable[[Notes], Draft], file: str = "") -> None:
        """`read` makes the draft, or raises `Refusal` or `DefinitionError`.

        Of two drafts of one key the second gets a number behind it.
        """
        notes = Notes(line, file)
        try:
            if len(self.drafts) >= MOST_QUESTIONS:
                raise Refusal("too_many_questions", most=str(MOST_QUESTIONS))
            draft = read(notes)
        except Refusal as refusal:
            self.refuse(refusal, line, key, file)
        except DefinitionError as error:
            self.refuse(Refusal("ill_made", problem=str(error)), line, key, file)
        else:
            free = self._free(draft.key)
            self.drafts.append(replace(draft, key=free, line=line, file=file))
            self.remarks += [replace(remark, key=free) for remark in notes.found]

    def refuse(self, refusal: Refusal, line: int = 0, key: str = "", file: str = "") -> None:
        self.remarks.append(refusal.remark(line, key, file))

    def _free(self, key: str) -> str:
        free, n = key, 1
        while free in self.keys:
            n += 1
            free = f"{key[: LONGEST_KEY - 5]}-{n}"
        self.keys.add(free)
        return free

    @property
    def read(self) -> Read:
        """All of it; a file without a question says so."""
        if not self.drafts and not self.remarks:
            self.refuse(Refusal("no_questions"))
        return Read(tuple(self.drafts), tuple(self.remarks))


def define(
    table: Mapping[str, Any], notes: Notes, translations: Mapping[str, Mapping[str, Any]] = EMPTY
) -> Definition:
    """The definition of an English table, what it lacks filled in; raises `DefinitionError`."""
    shape = kind_of(table).SHAPE
    missing: list[str] = []
    english = _filled(dict(table), shape, "", missing)
    if missing:
        notes.changed("filled_in", parts=", ".join(missing))
    others = {lang: _filled(dict(one), shape, "", []) for lang, one in translations.items()}
    definition = from_tables(english, others)
    kind_of(definition).check(definition)
    return definition


def _filled(table: dict[str, Any], shape: Shape, where: str, missing: list[str]) -> dict[str, Any]:
    """What stays missing has to be there: `from_tables` says so."""
    for name in shape.texts:
        if str(table.get(name, "")).strip() or name in shape.may_be_empty:
            continue
        if name in shape.optional:
            table.pop(name, None)
        elif name in FILLED or shape.bare or shape in (CRITERION, EXEMPLIFIED):
            table[name] = MISSING
            missing.append(f"{where} {name}".strip())
    for name, part in shape.lists.items():
        if name in table:
            table[name] = [
                _filled(dict(row), part, f"{where} {row.get(part.fields[0], '')}".strip(), missing)
                for row in table[name]
            ]
    return table


def held_all(
    drafts: tuple[Draft, ...] | list[Draft], hold: Callable[[Draft], Held]
) -> Iterator[Held]:
    """What a format holds of each draft; remarks carry the key of theirs."""
    for draft in drafts:
        held = hold(draft)
        losses = tuple(replace(remark, key=draft.key) for remark in held.losses)
        yield Held(held.draft, losses)
