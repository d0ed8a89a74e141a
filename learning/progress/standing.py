"""How far somebody is in a course: plain values over outline and facts."""

from dataclasses import dataclass

from modules.courses.outline import LessonEntry, Outline


@dataclass(frozen=True)
class Standing:
    """Lessons done of a course, in the order of its outline."""

    outline: Outline
    done: frozenset[str]

    @property
    def lessons_done(self) -> int:
        return sum(lesson.key in self.done for lesson in self.outline.lessons)

    @property
    def total(self) -> int:
        return len(self.outline.lessons)

    @property
    def next_lesson(self) -> LessonEntry | None:
        """The first lesson that is not done; None when all are."""
        return next((x for x in self.outline.lessons if x.key not in self.done), None)

    @property
    def minutes_left(self) -> int:
        return sum(x.minutes for x in self.outline.lessons if x.key not in self.done)
