"""The pages of coursework; `coursework_seeding` makes the people and their works."""

from typing import Any

TASK = "design-note"


def who(name: str) -> str:
    return f"works-{name}@demo.test"


def path(name: str, *more: str) -> str:
    return "/".join(("/coursework", f"{{works_{name}}}", TASK, *more, ""))


# Name, path, and as whom; None stands for the trainer of the demo.
COURSEWORK: list[tuple[Any, ...]] = [
    ("coursework-write", path("draft"), who("draft")),
    ("coursework-preview", path("draft", "hand-in"), who("draft")),
    ("coursework-waiting", path("waiting"), who("waiting")),
    ("coursework-marked", path("marked"), who("marked")),
    ("coursework-reviews", path("marked", "reviews"), who("marked")),
    ("coursework-review", "/coursework/reviews/{works_task}/", who("marked")),
    ("coursework-example", path("example", "example"), who("example")),
    ("coursework-desk", "/training/coursework/", None),
    ("coursework-round", f"/training/coursework/{{works_cohort}}/{TASK}/", None),
    ("coursework-time", f"/training/coursework/{{works_cohort}}/{TASK}/time/", None),
    ("coursework-work", "/training/coursework/works/{works_apart}/", None),
    ("course-coursework", "/courses/coordination/", who("marked")),
    ("my-learning-coursework", "/me/", who("marked")),
]
