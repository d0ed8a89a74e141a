"""A course that asks for judgements, for a place in a picture, and three times about one case.

Runs inside the site that is walked through; no shipped course asks so yet.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

from modules.courses.models import CoursePage
from modules.papers.contents import Form, FormQuestion
from modules.papers.models import Test
from modules.questions.kinds import KINDS
from tests.learning.attempts.sitting import add_test, make_tested_course
from tests.modules.courses.making import block, make_lesson, translate
from tests.modules.questions.making import make
from tests.modules.questions.samples import OPTIONS, in_set
from tests.pages import every_kind

CODE = "trial"
LESSON = "ways"
UMBRELLA = Path(settings.BASE_DIR) / "modules/library/coordination/figures/umbrella.svg"
STATEMENTS = {
    "a": ("Two bodies may insure one person.", "دو ادارے ایک ہی شخص کا بیمہ کر سکتے ہیں۔", True),
    "b": ("A fund never meets another fund.", "ایک فنڈ دوسرے فنڈ سے کبھی نہیں ملتا۔", False),
    "c": ("From 2014-15 to 2016-17 rates rose by 6 %.", "2014-15 سے 2016-17 تک شرح 6% بڑھی۔", True),
}
PLACES = {
    "a": ("20", "45", "The left half of the roof", "چھت کا بایاں حصہ"),
    "b": ("80", "45", "The right half of the roof", "چھت کا دایاں حصہ"),
    "c": ("50", "80", "The handle", "دستہ"),
}
CASE = "A fund has two laws, and a worker in Quetta asks which of them pays for her."
CASE_UR = (
    "ایک فنڈ کے دو قانون ہیں، اور کوئٹہ کی ایک کارکن پوچھتی ہے کہ ان میں سے کون سا ادائیگی کرے گا۔"
)


def judgements(lang: str) -> dict[str, Any]:
    texts = {key: row[0] if lang == "en" else row[1] for key, row in STATEMENTS.items()}
    return {
        "stem": "What holds?" if lang == "en" else "کیا درست ہے؟",
        "statements": [
            {"key": key, "correct": row[2], "text": texts[key], "feedback": texts[key]}
            for key, row in STATEMENTS.items()
        ],
    }


def picture(lang: str) -> dict[str, Any]:
    return {
        "stem": "Where do taxes pay?" if lang == "en" else "ٹیکس کہاں سے ادا ہوتے ہیں؟",
        "picture": UMBRELLA.read_text(encoding="utf-8"),
        "alt": "An umbrella with two halves." if lang == "en" else "دو حصوں والی چھتری۔",
        "options": [
            {"key": key, "correct": key == "b", "x": x, "y": y, "radius": "10"}
            | {"text": en if lang == "en" else ur, "feedback": en if lang == "en" else ur}
            for key, (x, y, en, ur) in PLACES.items()
        ],
    }


def about_the_case(n: int, lang: str) -> dict[str, Any]:
    return in_set(
        f"What about step {n}?" if lang == "en" else f"مرحلہ {n} کا کیا؟",
        case=CASE if lang == "en" else CASE_UR,
        options=OPTIONS,
    )


def questions(lang: str) -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        "judgements": ("multiple_truefalse", judgements(lang)),
        "picture": ("hotspot", picture(lang)),
        **{f"case-{n}": ("scenario", about_the_case(n, lang)) for n in (1, 2, 3)},
    }


def practise_and_take_time(course: CoursePage) -> None:
    """Practice with reasons at once, where wrong answers cost; a pre-test without a time limit."""
    add_test(course, feedback_when="at_once", minutes=None, negative_marking=True)
    Test.objects.filter(course_code=CODE, purpose="pre").update(minutes=None)


def make_course_of_kinds() -> None:
    kinds = ["multiple_truefalse", "hotspot", "single"]
    course = make_tested_course(CODE, 81, kinds, attempts=1)
    practise_and_take_time(course)
    for form in Form.objects.filter(course_code=CODE):
        for n in (1, 2, 3):
            key = f"{CODE}-{form.label.lower()}-case-{n}"
            for lang in ("en", "ur"):
                make(key, "scenario", lang=lang, use="test", **about_the_case(n, lang))
            position = len(kinds) + n
            FormQuestion.objects.create(form=form, position=position, question_key=key)
    for lang in ("en", "ur"):
        for name, (kind, changes) in questions(lang).items():
            make(f"{CODE}-{name}", kind, lang=lang, **changes)
    blocks = [block("question", f"q-{name}", use=f"{CODE}-{name}") for name in questions("en")]
    lesson = make_lesson(course, LESSON, *blocks)
    translate(lesson, "ur", title="سوالوں کی قسمیں")
    make_lesson_of_every_kind(course)


def make_lesson_of_every_kind(course: CoursePage) -> None:
    for kind in KINDS:
        for lang, table in every_kind.tables(kind).items():
            own = {name: value for name, value in table.items() if name != "kind"}
            make(every_kind.key_of(kind), kind, lang=lang, **own)
    keys = map(every_kind.key_of, KINDS)
    blocks = [block("question", f"q-{key}", use=key) for key in keys]
    lesson = make_lesson(course, every_kind.LESSON, *blocks)
    translate(lesson, "ur", title="ہر قسم کا سوال")
