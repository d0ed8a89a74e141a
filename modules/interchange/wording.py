"""The words of remarks on files; `drafts.Remark` says which and fills them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from modules.bank.naming import kind_label, language_name, value_label
from modules.interchange.drafts import Remark
from modules.questions.editors import in_words_of
from modules.questions.kinds import KINDS
from modules.reference.lists import left_to_right, listed

# Why a question, or a whole file, is not taken.
REFUSED: dict[str, Any] = {
    "aiken_answer": _("The line with the answer must be like “ANSWER: B”."),
    "aiken_letters": _(
        "The option “{letter}” stands where “{wanted}” should: letters follow A, B, C."
    ),
    "aiken_no_answer": _("An empty line stands before “ANSWER:”, so nobody knows what is right."),
    "aiken_no_stem": _("The line “ANSWER:” has no question before it."),
    "aiken_no_such_option": _("“ANSWER: {letter}” names no option of this question."),
    "aiken_option": _("After the first option each line must be an option or “ANSWER:”."),
    "archive_broken": _("The archive is broken. Export it once more."),
    "archive_members": _("The archive holds more than {most} files."),
    "archive_path": _("The archive holds a file that would lie outside of it: {path}."),
    "archive_size": _("Unpacked, the archive would be larger than {most} MB."),
    "archive_twice": _("The archive holds two files of one name: {path}."),
    "area": _("An area of the picture is not understood: {shape} {coords}."),
    "csv_broken": _("A quotation mark in this file has no end, so its cells cannot be told apart."),
    "description": _(
        "It asks nothing: a description has no answer. Put its words into a question."
    ),
    "form": _("The form of a question would refuse it: {problem}"),
    "gap_without_key": _("Nothing is right in this gap: {gap}"),
    "gift_answers": _("The answers must begin with “=” or “~”."),
    "gift_braces": _(
        "The braces around the answers do not match; write “\\{{” for a brace in a text."
    ),
    "ill_made": _("It cannot be marked: {problem}"),
    "no_columns": _("The first row must name the columns, “kind” and “question” among them."),
    "no_document": _("This archive holds no document of Word. Save it as DOCX."),
    "no_english": _(
        "English is missing; the file has: {languages}. The bank begins each question in English."
    ),
    "no_gaps": _("The text has no gap."),
    "no_match": _("{letter} has no match."),
    "no_number": _("“{text}” is no number ({where})."),
    "no_questions": _("The file holds no question in this format."),
    "no_such_choice": _("What is right of {letter} is none of its choices."),
    "no_such_letter": _("What is right names letters that have no text: {letters}."),
    "no_text": _("This is no file of text. Choose its format, or save it in another one."),
    "no_levels": _("The levels of {letter} must stand one a line, as “2: Plain words”."),
    "no_manifest": _("The archive has no imsmanifest.xml, so it is no package of QTI."),
    "no_truth": _("What is right must be true or false, not “{text}”."),
    "no_workbook": _("This archive holds no workbook. Save it as XLSX."),
    "not_in_archive": _("The manifest names a file that is not in the archive: {path}."),
    "not_moodle": _("This is XML, but no list of questions of Moodle: it begins with <{name}>."),
    "not_qti": _("This is XML, but no item of QTI: it begins with <{name}>."),
    "not_utf8": _("The letters are not in UTF-8. Save the file as UTF-8 and upload it again."),
    "picture_broken": _("The picture cannot be read: {path}."),
    "picture_huge": _("The picture has too many pixels: {path}."),
    "picture_refused": _("The picture cannot stand in a question: {problem}"),
    "qti_marking": _("How it is marked is not understood in full, and half would be another mark."),
    "qti_match_sets": _("A matching needs exactly two sides."),
    "qti_no_response": _("Nothing says what is right."),
    "qti_order": _("The right order does not name each step once."),
    "qti_pairs": _("The right pairs do not give each left side one right side."),
    "qti_places": _("The bank asks for one place in one picture."),
    "qti_same_choices": _("Choices of two gaps have the same identifier. Give each its own."),
    "qti_template": _("It is marked by a template that is not known here: {template}."),
    "several_numbers": _("Exactly one number must be right; here there are {n}."),
    "several_right": _(
        "Several options are each right alone. The bank has one right option, or several together."
    ),
    "text_too_long": _("A text of it is longer than {most} characters."),
    "too_many_questions": _("A file may hold {most} questions. Divide it."),
    "unknown_gap": _("The bank has no gap of this type: {kind}."),
    "unknown_kind": _("The bank has no kind of question like this one: {kind}."),
    "unsayable": _(
        "It holds more than words ({what}), and without that it would ask something else."
    ),
    "xml_broken": _("The XML is broken: {problem}."),
    "xml_encoding": _("The encoding that the file names is not the one it is in."),
    "xml_too_large": _("The XML has too many elements, or too many inside one another."),
    "xml_with_entities": _(
        "The XML has a document type or entities of its own; these are refused."
    ),
}
# What was changed of a question that is taken.
CHANGED: dict[str, Any] = {
    "areas": _("Areas of the picture became circles that fit into them."),
    "case_ignored": _("Capital letters counted; here they never do."),
    "filled_in": _(
        "The file gives no text for: {parts}. “…” stands there; write it before publishing."
    ),
    "grading": _("The order was marked in a way that the bank has not ({grading}); now by places."),
    "no_rubric": _("There is no rubric. “…” stands there; write it before publishing."),
    "reason_dropped": _(
        "Reasons at right answers are left out: the bank has one for the question."
    ),
    "rubric_as_text": _("What markers should know stands as one criterion. Divide it into levels."),
    "shares": _("Answers worth a part of the mark ({shares}) count as wrong here."),
    "undressed": _("Emphasis, links and headings are left out; their words stay."),
    "unit_dropped": _("The unit “{unit}” needs a conversion and is left out."),
    "unknown_fact": _("This is not known here and is left out: {text}."),
    "unknown_field": _("There is no field “{name}”; it is left out."),
    "unknown_outcome": _("There is no outcome {outcome}; {instead} is put in its place."),
    "weights": _("The options had weights of their own ({shares}); here each counts the same."),
}
# What a format cannot hold of a question that goes out.
LOST: dict[str, Any] = {
    "arrows": _("“->” in its words becomes “→”: the format takes it for a sign of its own."),
    "beside": _("Outcome, level, use, tags and estimate are left out."),
    "by_hand": _("What the list of accepted answers lacks is wrong; no person reads it."),
    "example": _("The example that coursework is measured by is left out."),
    "feedback": _("What everybody should take away is left out."),
    "full_mark": _("The full mark ({mark}) is left out."),
    "key": _("The key “{key}” is left out."),
    "kind": _("It goes out as another kind: {new}."),
    "languages": _("Only its English goes out; these stay: {languages}."),
    "line_breaks": _("Its lines become one."),
    "method": _("It is marked in another way: {instead}."),
    "middle": _("The answer shown as right becomes the middle of the range: {middle}."),
    "misconceptions": _("The misconceptions are left out."),
    "model": _("The model answer is left out."),
    "no_kind": _("It stays: the format has no question of the kind “{kind}”."),
    "no_language": _("It stays: it has no translation into this language."),
    "part_feedback": _("Reasons at its parts are left out."),
    "part_names": _(
        "The short names of options and the like (a, b …) are not in the file. When it comes back,"
        " parts that say the same get theirs again."
    ),
    "rubric": _("The rubric is left out."),
    "same_responses": _("Of answers that say the same one is left."),
    "unfinished": _("It stays: it is not finished."),
    "units": _("Its units are left out."),
    "unused_responses": _("Answers that belong to nothing are left out."),
    "wildcards": _("Accepted answers with a wildcard are left out, or stand without it."),
    "title": _("The title is left out."),
    "words": _("The advice on the number of words is left out."),
}
WORDS = {**REFUSED, **CHANGED, **LOST}
WHAT = {
    "picture": _("a picture"),
    "media": _("sound or a film"),
    "table": _("a table"),
    "formula": _("a formula"),
}


def in_words(remark: Remark, kind: str = "") -> str:
    """A sentence. `kind` is that of the question, if it is known."""
    about = {name: _said(name, value, kind) for name, value in remark.about.items()}
    return str(WORDS[remark.code]).format(**about)


def _said(name: str, value: str, kind: str) -> str:
    if name in ("old", "new", "kind") and value in KINDS:
        return kind_label(value)
    if name in ("method", "instead") and value:
        return value_label(("method",), value)
    if name == "languages":
        return listed(language_name(code) for code in value.split(", "))
    if name == "what":
        return str(WHAT.get(value, value))
    if name == "problem" and kind:
        return in_words_of(kind, value)
    return left_to_right(value) if name in ("shares", "middle", "path") else value


def grouped(remarks: Iterable[Remark]) -> list[tuple[str, list[str]]]:
    """Each sentence once, with the keys of all questions that it holds of."""
    found: dict[str, list[str]] = {}
    for remark in remarks:
        keys = found.setdefault(in_words(remark), [])
        if remark.key:
            keys.append(remark.key)
    return list(found.items())
