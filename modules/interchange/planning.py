"""What a file would do to the bank: one line for each question, nothing stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from modules.bank.advising import in_words
from modules.bank.comparing import Difference, difference
from modules.interchange.banking import Banked, banked, course_by_outcome
from modules.interchange.drafts import Draft, Read, Remark, Verdict
from modules.interchange.formats import FORMATS, Format
from modules.interchange.joining import is_same, joined
from modules.interchange.storing import raw_block
from modules.questions.advice import advise
from modules.questions.editors import DefinitionBlock
from modules.questions.models import Question
from modules.questions.shapes import SOURCE

LONGEST_TAGS = Question._meta.get_field("tags").max_length or 0
CHANGE, LEAVE = "change", "leave"


class What(StrEnum):
    """What becomes of a question."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True)
class Upload:
    """A file, and what holds of questions that do not say it themselves."""

    data: bytes
    name: str
    format: str
    outcome: str
    level: str
    use: str
    known: str = CHANGE

    @property
    def form(self) -> Format:
        return FORMATS[self.format]


@dataclass(frozen=True)
class Line:
    """One question of the file. `there` is what the bank has under its key."""

    what: What
    key: str
    line: int = 0
    file: str = ""
    draft: Draft | None = None
    there: Banked | None = None
    remarks: tuple[Remark, ...] = ()
    change: Difference | None = None
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """`remarks` are on the whole file. `mark` changes with the file and with what it meets."""

    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    mark: str

    @property
    def counts(self) -> Counter[What]:
        return Counter(line.what for line in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not any(line.what in (What.NEW, What.CHANGED) for line in self.lines)


def make_plan(upload: Upload) -> Plan:
    """Reads the file once more, and compares it with the bank as it is now; three queries."""
    read = upload.form.read(upload.data)
    there = banked([draft.key for draft in read.drafts], newest=True)
    courses = course_by_outcome()
    placed = [_placed(draft, upload, courses) for draft in read.drafts]
    by_place: dict[tuple[str, int], list[Remark]] = {}
    for remark in (*read.remarks, *_unknown_outcomes(read, courses, upload)):
        by_place.setdefault((remark.file, remark.line), []).append(remark)
    lines = [_line(draft, there.get(draft.key), upload, by_place) for draft in placed]
    lines += _refused(read)
    lines.sort(key=lambda line: (line.file, line.line))
    whole = [remark for remark in read.remarks if not remark.line and not remark.key]
    return Plan(tuple(lines), tuple(whole), _mark(upload, there))


def _mark(upload: Upload, there: Mapping[str, Banked]) -> str:
    met = sorted(
        f"{row.pk}:{row.latest_revision_id}:{row.retired}"
        for known in there.values()
        for row in known.rows.values()
    )
    facts = (upload.format, upload.outcome, upload.level, upload.use, upload.known, *met)
    return sha256(upload.data + "\n".join(facts).encode()).hexdigest()


def _placed(draft: Draft, upload: Upload, courses: Mapping[str, str]) -> Draft:
    """With an outcome that there is; the file may name it as a tag or as the last category."""
    named = (draft.outcome, *reversed(draft.category.split("/")))
    return replace(draft, outcome=next((code for code in named if code in courses), ""))


def _unknown_outcomes(read: Read, courses: Mapping[str, str], upload: Upload) -> list[Remark]:
    return [
        Remark(
            *(Verdict.CHANGED, "unknown_outcome", draft.line, draft.file, draft.key),
            {"outcome": draft.outcome, "instead": upload.outcome},
        )
        for draft in read.drafts
        if draft.outcome and draft.outcome not in courses
    ]


def _line(
    draft: Draft,
    there: Banked | None,
    upload: Upload,
    by_place: Mapping[tuple[str, int], Sequence[Remark]],
) -> Line:
    remarks = tuple(
        one
        for one in by_place.get((draft.file, draft.line), ())
        if one.key in ("", draft.key) and one.verdict is not Verdict.REFUSED
    )
    line = Line(What.NEW, draft.key, draft.line, draft.file, draft, there, remarks)
    if there:
        line = _met(line, draft, there, upload)
    if line.what in (What.NEW, What.CHANGED) and line.draft:
        full = _with_defaults(line.draft, upload)
        line = replace(line, draft=full, advice=tuple(advice_on(full)))
        if problems := refused_by_form(full):
            refusal = Remark(
                *(Verdict.REFUSED, "form", draft.line, draft.file, draft.key),
                {"problem": problems},
            )
            line = replace(line, what=What.REFUSED, remarks=(*remarks, refusal))
    return line


def _met(line: Line, draft: Draft, there: Banked, upload: Upload) -> Line:
    """A question whose key the bank knows."""
    old = there.draft
    if old and is_same(draft, old, upload.form.hold):
        return replace(line, what=What.SAME, remarks=())
    if upload.known == LEAVE:
        return replace(line, what=What.LEFT)
    if old is None:
        return replace(line, what=What.CHANGED)
    full = joined(draft, old, upload.form.hold, keeps_keys=upload.form.keeps_keys)
    change = difference(_in_languages_of(full, old), full.definition)
    return replace(line, what=What.CHANGED, draft=full, change=change)


def _in_languages_of(new: Draft, old: Draft) -> dict[str, Any]:
    texts = old.definition["texts"]
    return {
        **old.definition,
        "texts": {lang: texts[lang] for lang in new.definition["texts"] if lang in texts},
    }


def _with_defaults(draft: Draft, upload: Upload) -> Draft:
    return replace(
        draft,
        outcome=draft.outcome or upload.outcome,
        level=draft.level or upload.level,
        use=draft.use or upload.use,
    )


def _refused(read: Read) -> list[Line]:
    """A line for each question that could not be read."""
    return [
        Line(What.REFUSED, one.key, one.line, one.file, remarks=(one,))
        for one in read.remarks
        if one.verdict is Verdict.REFUSED and (one.line or one.key)
    ]


def advice_on(draft: Draft) -> list[str]:
    own = {**draft.definition, "texts": {SOURCE: draft.definition["texts"][SOURCE]}}
    return [in_words(advice) for advice in advise(own, SOURCE)]


def refused_by_form(draft: Draft) -> str:
    """What the form of its kind would refuse, so that authors can still save the question."""
    if len(", ".join(draft.tags)) > LONGEST_TAGS:
        return gettext("The tags have more than {n} characters.").format(n=LONGEST_TAGS)
    block = DefinitionBlock().child_blocks[draft.kind]
    raw = raw_block(draft.key, draft.definition, SOURCE)["value"]
    try:
        block.clean(block.to_python(raw))
    except ValidationError as error:
        return "; ".join(dict.fromkeys(_messages(error)))
    return ""


def _messages(error: Any) -> list[str]:
    """The sentences of an error that holds those of parts of parts."""
    found: list[str] = []
    for name in ("block_errors", "non_block_errors"):
        held = getattr(error, name, None) or ()
        for inner in held.values() if isinstance(held, dict) else held:
            if inner is not None:
                found += _messages(inner)
    return found or [str(message) for message in getattr(error, "messages", [error])]
