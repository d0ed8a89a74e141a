"""Marks in everything a test must not tell before it is handed in, and a walk over the pages."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import HttpResponse
from django.test import Client

from modules.questions.models import Question
from tests.modules.questions.samples import english

CANARY = "canary"
# A number that stands nowhere else: what a question for a number asks for.
NUMBER = "918273645"
ALSO_RIGHT = "918273650"
SECRET = re.compile(rf"{CANARY}|{NUMBER}", re.IGNORECASE)
LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")
LARGEST_WALK = 400  # pages


# --- a test full of marks


def mark_questions(course: str) -> int:
    """Put marks into every key, reason, model answer and mark scheme of the course's tests."""
    questions = Question.objects.filter(key__startswith=f"{course}-", use="test")
    for question in questions:
        kind = question.definition[0].block_type
        question.definition = [{"type": kind, "value": marked(kind)}]
        question.save()
    return len(questions)


def marked(kind: str) -> dict[str, Any]:
    table = english(kind)
    table.pop("kind")
    for name in {"feedback", "feedback_wrong", "model"} & set(table):
        table[name] = f"Canary: {name} of {kind}."
    for row in table.get("rubric", ()):
        row["text"] = f"Canary: {row['mark']} marks."
    # What is looked at in a teach-back is shown with its task.
    for criterion in table.get("criteria", ()) if kind != "teachback" else ():
        for level in criterion["levels"]:
            level["text"] = f"Canary: {level['points']} points."
    if kind == "numeric":
        table |= {"answer": NUMBER, "min": NUMBER, "max": ALSO_RIGHT}
    mark_parts(kind, table)
    return table


def mark_parts(kind: str, table: dict[str, Any]) -> None:
    """The right options, every pairing and every step have keys that give them away."""
    for part in (
        *table.get("options", ()),
        *table.get("premises", ()),
        *table.get("statements", ()),
    ):
        part["feedback"] = f"Canary: {part['key']} of {kind}."
        if part.get("correct") and kind != "truefalse":
            part["key"] = f"canary-right-{part['key']}"
        if "match" in part:
            part["match"] = f"canary-match-{part['match']}"
    for part in table.get("responses", ()):
        part["key"] = f"canary-match-{part['key']}"
    for place, part in enumerate(table.get("steps", ()), 1):
        part["key"] = f"canary-step-{place}"
    if kind == "cloze":
        mark_gaps(table)


def mark_gaps(table: dict[str, Any]) -> None:
    """Keys, lists and ranges of gaps."""
    for gap in table["gaps"]:
        table["text"] = table["text"].replace(f"[[{gap['key']}]]", f"[[canary-{gap['key']}]]")
        gap["key"], gap["feedback"] = f"canary-{gap['key']}", f"Canary: why {gap['key']}."
        if "match" in gap:
            gap["match"] = f"canary-{gap['match']}"
        elif "answer" in gap:
            gap |= {"answer": NUMBER, "min": NUMBER, "max": ALSO_RIGHT}
        else:
            gap["accepted"] += "\ncanary words"
    for choice in table["choices"]:
        choice["key"], choice["gap"] = f"canary-{choice['key']}", f"canary-{choice['gap']}"


# --- looking for them


def everything_said(response: HttpResponse) -> str:
    """Head and body as a reader could decode them."""
    body = b"".join(response) if response.streaming else response.content
    response.close()
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    text = "\n".join([heads, cookies, body.decode("utf-8", "replace")])
    return "\n".join([text, unescape(text), unquote(text)])


def canaries_in(response: HttpResponse) -> list[str]:
    """What a response gives away, with a few words around it."""
    said = everything_said(response)
    return [said[max(0, m.start() - 60) : m.end() + 40] for m in SECRET.finditer(said)]


def walk(
    client: Client, *starts: str, without: tuple[str, ...]
) -> Iterator[tuple[str, HttpResponse]]:
    """Every page and file of the site that can be reached by links from `starts`."""
    known, waiting = set(starts), list(starts)
    while waiting:
        address = waiting.pop(0)
        assert len(known) < LARGEST_WALK, sorted(known)
        response = client.get(address)
        yield address, response
        for found in links_of(response):
            if found not in known and not any(part in found for part in without):
                known.add(found)
                waiting.append(found)


def links_of(response: HttpResponse) -> Iterator[str]:
    """Addresses within the site: in a page, or where a response leads to."""
    text = response.get("Location", "") and f'href="{response["Location"]}"'
    if "html" in response.get("Content-Type", ""):
        text += response.content.decode()
    for found in LINK.findall(text):
        parts = urlsplit(unescape(found))
        if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
