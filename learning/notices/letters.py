"""The letters: one function each, from plain values to a message in its reader's language."""

from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def invitation(
    *, to: str, language: str, name: str, course: str, link: str, code: str, until: date
) -> EmailMessage:
    """Somebody is enrolled and has no account: `link` and `code` open one until a day."""
    facts = {"name": name, "course": course, "link": link, "code": code, "until": until}
    return letter("invitation", to, language, facts)


def enrolled(*, to: str, language: str, name: str, course: str, link: str) -> EmailMessage:
    """Somebody with an account is enrolled; `link` leads to the course."""
    return letter("enrolled", to, language, {"name": name, "course": course, "link": link})


def reviews(
    *, to: str, language: str, name: str, course: str, n: int, until: datetime, link: str
) -> EmailMessage:
    """Somebody is asked to mark `n` pieces of coursework, the first of them until a moment."""
    facts = {"name": name, "course": course, "n": n, "until": until, "link": link}
    return letter("reviews", to, language, facts)


def coursework_marked(
    *, to: str, language: str, name: str, course: str, title: str, link: str
) -> EmailMessage:
    """Her coursework has its mark, or another one; the mark itself stands on the page."""
    facts: dict[str, object] = {"name": name, "course": course, "title": title, "link": link}
    return letter("marked", to, language, facts)


def file_refused(
    *, to: str, language: str, name: str, course: str, title: str, link: str
) -> EmailMessage:
    """Her file was infected and is deleted; the work is a draft again."""
    facts: dict[str, object] = {"name": name, "course": course, "title": title, "link": link}
    return letter("file_refused", to, language, facts)


def wave_open(
    *, to: str, language: str, name: str, course: str, months: int, until: date, link: str
) -> EmailMessage:
    """A test `months` after a course is open for her until a day; `link` leads to her courses."""
    facts = {"name": name, "course": course, "months": months, "until": until, "link": link}
    return letter("wave", to, language, facts)


def letter(kind: str, to: str, language: str, facts: dict[str, object]) -> EmailMessage:
    """Subject and message of `templates/notices/`, in `language`."""
    context = facts | {"site": settings.SITE_URL}
    with translation.override(language):
        subject = render_to_string(f"notices/{kind}_subject.txt", context)
        message = render_to_string(f"notices/{kind}_message.txt", context)
    return EmailMessage(" ".join(subject.split()), message.strip() + "\n", to=[to])
