"""A course of its own with questions that have gaps or a rubric, in English and Urdu.

Runs inside the site that is walked through; no shipped course asks so yet.
"""

import json
from typing import Any

from wagtail.models import Locale

from learning.attempts.models import Sitting
from learning.attempts.taking import hand_in, save_answer, start
from learning.people.models import Area, Person, User
from learning.people.roles import DEMO_PASSWORD
from modules.papers.models import Purpose
from modules.questions.models import Question
from tests.learning.attempts.sitting import answer, enrol, make_tested_course, position_of
from tests.modules.courses.making import block, make_lesson, translate
from tests.modules.questions.making import make

KINDS = ("cloze", "essay", "short", "teachback")
RUBRIC = [
    {
        "key": "clear",
        "text": "سادہ الفاظ",
        "levels": [
            {"points": "0", "text": "صرف اصطلاحات۔"},
            {"points": "1", "text": "کچھ سادہ الفاظ۔"},
            {"points": "3", "text": "شروع سے آخر تک سادہ الفاظ۔"},
        ],
    },
    {
        "key": "true",
        "text": "قانون کے مطابق",
        "levels": [{"points": "0", "text": "غلط۔"}, {"points": "4", "text": "سب درست۔"}],
    },
]
URDU: dict[str, dict[str, Any]] = {
    "cloze": {
        "stem": "خالی جگہیں بھریں۔",
        "text": "بیمے کا خرچ [[source]] سے آتا ہے اور یہ 100 میں سے [[n]] افراد کے لیے ہے۔\n"
        "ارکان [[word]] دیتے ہیں۔",
        "gaps": [
            {"key": "source", "match": "payroll", "feedback": "ارکان اور آجر دیتے ہیں۔"},
            {"key": "n", "answer": "55", "min": "50", "max": "57.5", "feedback": "نصف سے زیادہ۔"},
            {"key": "word", "accepted": "چندہ\nحصہ*", "feedback": "اجرت کا ایک حصہ۔"},
        ],
        "choices": [
            {"key": "payroll", "gap": "source", "text": "اجرت کی فہرست"},
            {"key": "taxes", "gap": "source", "text": "ٹیکس"},
            {"key": "donors", "gap": "source", "text": "عطیہ دہندگان"},
        ],
        "feedback": "دیکھیں کہ رقم کون دیتا ہے۔",
    },
    "essay": {
        "stem": "سماجی تحفظ کے دو خاندان بیان کریں۔",
        "fewest_words": "50",
        "most_words": "150",
        "model": "بیمے کی رقم ارکان دیتے ہیں۔",
        "criteria": RUBRIC,
        "feedback": "بتائیں کہ رقم کون دیتا ہے۔",
    },
    "teachback": {
        "stem": "دو خاندان پانچ منٹ میں سمجھائیں۔",
        "criteria": RUBRIC,
        "feedback": "سننے والوں کی طرف دیکھیں۔",
    },
}


def make_parts() -> dict[str, str]:
    """What pages name: a sitting that is open, its positions, and the form waiting at the desk."""
    course = make_tested_course("parts", number=86, kinds=KINDS)
    for kind in KINDS:
        make(f"parts-{kind}", kind)
        for key in (f"parts-{kind}", f"parts-a-{kind}", f"parts-b-{kind}"):
            speak_urdu(key, kind)
    blocks = [block("question", f"q-{kind}", use=f"parts-{kind}") for kind in KINDS]
    lesson = make_lesson(course, "parts-lesson", *blocks)
    translate(lesson, "ur", title="حصے", body=json.dumps(blocks))
    waiting = begin("parts-waiting", course)
    for kind in ("essay", "short"):
        text = "Insurance is paid by its members, and assistance out of taxes."
        save_answer(waiting, answer(waiting, position_of(waiting, kind), text))
    hand_in(waiting, None)
    going = begin("parts-going", course)
    return {
        "parts_sitting": str(going.uuid),
        "parts_form": waiting.form_label.lower(),
        **{f"parts_{kind}": str(position_of(going, kind)) for kind in KINDS},
    }


def speak_urdu(key: str, kind: str) -> None:
    if kind in URDU:
        english = Question.objects.get(key=key, locale__language_code="en")
        Question.objects.create(
            key=key,
            outcome="CO1",
            level="apply",
            use=english.use,
            locale=Locale.objects.get(language_code="ur"),
            translation_key=english.translation_key,
            definition=[{"type": kind, "value": URDU[kind]}],
        )


def begin(username: str, course: Any) -> Sitting:
    """A test that a new person has begun; she signs in as `username`@demo.test."""
    area = Area.objects.get(code="PK-PB")
    someone = Person.objects.create(names={"Latn": username.title()}, area_of_work=area)
    address = f"{username}@demo.test"
    user = User.objects.create_user(address, address, DEMO_PASSWORD, person=someone)
    return start(enrol(user, course), Purpose.POST, seed=1)
