"""Certificates in four scripts, with long texts, as they could be frozen. The words are drafts."""

import tomllib
from typing import Any

from django.conf import settings
from django.utils import timezone

from learning.certificates.models import Certificate, Grade

SERIAL = "PK-CASC-COOR-2026-000123-Y"
TOKEN = "a1B2c3D4e5F6g7H8i9J0k1L2"
NAMES = {"Latn": "Nasreen Gul", "Arab": "نسرین گل"}
LONG_NAMES = {
    "Latn": "Maharani Souphaphone Vongphachanh-Keomanivong Phommachanh",
    "Arab": "سیدہ نسرین گل بنت عبدالرحمٰن خان یوسفزئی",
    "Khmr": "សុខ សុវណ្ណារ៉ា ចន្ទបូរមី",
    "Laoo": "ນາງ ສຸພາພອນ ວົງພະຈັນ ແກ້ວມະນີວົງ",
}

# title by grade, verb by grade, assessment by grade, then the rest in the order of `KEYS`.
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": ("Certificate of Achievement", "Certificate of Attendance"),
        "verb": (
            "has completed this course and passed its test",
            "has taken part in this course",
        ),
        "assessment": ("Test after the course, passed", "No assessed learning"),
        "required": (
            "Required: 80% of the lessons, 70% of the marks",
            "Required: 80% of the lessons",
        ),
        "disclaimer": "This certificate of attendance does not attest assessed learning.",
        "version": "version 1.0",
        "dates": "2 November 2026 to 21 November 2026",
        "hours": "5.5 hours",
        "form": "Self-paced e-learning",
        "issuer": "Punjab Employees’ Social Security Institution",
        "country": "Pakistan",
        "quality": "The course is released in numbered versions and names its sources."
        " The learner’s identity was not checked in person.",
        "signed": "Issued electronically; valid without signature.",
        "issued": "Issued on 21 November 2026",
        "number": f"Number {SERIAL}",
        "check": "Scan to check",
        "stamp": "Stamp",
        "outcomes_lead": "What the holder can do after this course:",
        "demo": "Demo data: this person is invented, and so is what is certified.",
        "signatory": ("Commissioner", "PESSI, Lahore"),
    },
    "ur": {
        "title": ("سندِ کامیابی", "سندِ شرکت"),
        "verb": ("نے یہ کورس مکمل کیا اور اس کا امتحان پاس کیا", "نے اس کورس میں شرکت کی"),
        "assessment": ("کورس کے بعد امتحان، کامیاب", "سیکھنے کی جانچ نہیں ہوئی"),
        "required": ("لازم: 80% اسباق، 70% نمبر", "لازم: 80% اسباق"),
        "disclaimer": "شرکت کی یہ سند جانچے گئے علم کی تصدیق نہیں کرتی۔",
        "version": "ورژن 1.0",
        "dates": "2 نومبر 2026 تا 21 نومبر 2026",
        "hours": "5.5 گھنٹے",
        "form": "اپنی رفتار سے ای لرننگ",
        "issuer": "پنجاب ایمپلائز سوشل سیکیورٹی انسٹی ٹیوشن",
        "country": "پاکستان",
        "quality": "کورس نمبر والے ورژن میں جاری ہوتا ہے اور اپنے ماخذ بتاتا ہے۔ سیکھنے والے کی"
        " شناخت روبرو نہیں جانچی گئی۔",
        "signed": "برقی طور پر جاری؛ دستخط کے بغیر درست۔",
        "issued": "تاریخِ اجرا 21 نومبر 2026",
        "number": f"نمبر {SERIAL}",
        "check": "تصدیق کے لیے اسکین کریں",
        "stamp": "مہر",
        "outcomes_lead": "اس کورس کے بعد حاملِ سند یہ کر سکتے ہیں:",
        "demo": "نمائشی ڈیٹا: یہ شخص فرضی ہے اور تصدیق شدہ باتیں بھی۔",
        "signatory": ("کمشنر", "پنجاب سوشل سیکیورٹی، لاہور"),
    },
    "km": {
        "title": ("វិញ្ញាបនបត្រសមិទ្ធផល", "វិញ្ញាបនបត្រការចូលរួម"),
        "verb": ("បានបញ្ចប់វគ្គសិក្សានេះ និងប្រឡងជាប់", "បានចូលរួមវគ្គសិក្សានេះ"),
        "assessment": ("ការធ្វើតេស្តក្រោយវគ្គសិក្សា ជាប់", "គ្មានការវាយតម្លៃការសិក្សា"),
        "required": ("តម្រូវ៖ មេរៀន 80% ពិន្ទុ 70%", "តម្រូវ៖ មេរៀន 80%"),
        "disclaimer": "វិញ្ញាបនបត្រការចូលរួមនេះមិនបញ្ជាក់ពីការសិក្សាដែលបានវាយតម្លៃទេ។",
        "version": "កំណែ 1.0",
        "dates": "2 វិច្ឆិកា 2026 ដល់ 21 វិច្ឆិកា 2026",
        "hours": "5.5 ម៉ោង",
        "form": "ការរៀនតាមអេឡិចត្រូនិកដោយខ្លួនឯង",
        "issuer": "បេឡាជាតិសន្តិសុខសង្គម",
        "country": "កម្ពុជា",
        "quality": "វគ្គសិក្សាត្រូវបានចេញផ្សាយជាកំណែមានលេខ និងបញ្ជាក់ប្រភព។"
        " អត្តសញ្ញាណអ្នករៀនមិនត្រូវបានពិនិត្យដោយផ្ទាល់ទេ។",
        "signed": "ចេញតាមអេឡិចត្រូនិក មានសុពលភាពដោយគ្មានហត្ថលេខា។",
        "issued": "ចេញនៅថ្ងៃទី 21 វិច្ឆិកា 2026",
        "number": f"លេខ {SERIAL}",
        "check": "ស្កេនដើម្បីផ្ទៀងផ្ទាត់",
        "stamp": "ត្រា",
        "outcomes_lead": "ក្រោយវគ្គសិក្សានេះ ម្ចាស់វិញ្ញាបនបត្រអាច៖",
        "demo": "ទិន្នន័យសាកល្បង៖ បុគ្គលនេះត្រូវបានប្រឌិតឡើង។",
        "signatory": ("នាយក", "ប.ស.ស. ភ្នំពេញ"),
    },
    "lo": {
        "title": ("ໃບຢັ້ງຢືນຜົນສຳເລັດ", "ໃບຢັ້ງຢືນການເຂົ້າຮ່ວມ"),
        "verb": ("ໄດ້ຮຽນຈົບຫຼັກສູດນີ້ ແລະ ຜ່ານການທົດສອບ", "ໄດ້ເຂົ້າຮ່ວມຫຼັກສູດນີ້"),
        "assessment": ("ການທົດສອບຫຼັງຫຼັກສູດ, ຜ່ານ", "ບໍ່ມີການປະເມີນການຮຽນ"),
        "required": ("ເງື່ອນໄຂ: ບົດຮຽນ 80%, ຄະແນນ 70%", "ເງື່ອນໄຂ: ບົດຮຽນ 80%"),
        "disclaimer": "ໃບຢັ້ງຢືນການເຂົ້າຮ່ວມນີ້ບໍ່ໄດ້ຢັ້ງຢືນຜົນການຮຽນທີ່ມີການປະເມີນ.",
        "version": "ສະບັບ 1.0",
        "dates": "2 ພະຈິກ 2026 ຫາ 21 ພະຈິກ 2026",
        "hours": "5,5 ຊົ່ວໂມງ",
        "form": "ການຮຽນທາງເອເລັກໂຕຣນິກດ້ວຍຕົນເອງ",
        "issuer": "ອົງການປະກັນສັງຄົມແຫ່ງຊາດ",
        "country": "ລາວ",
        "quality": "ຫຼັກສູດຖືກເຜີຍແຜ່ເປັນສະບັບທີ່ມີເລກ ແລະ ບອກແຫຼ່ງຂໍ້ມູນ. ຕົວຕົນຂອງຜູ້ຮຽນບໍ່ໄດ້ຖືກກວດສອບໂດຍກົງ.",
        "signed": "ອອກທາງເອເລັກໂຕຣນິກ; ໃຊ້ໄດ້ໂດຍບໍ່ຕ້ອງມີລາຍເຊັນ.",
        "issued": "ອອກໃຫ້ວັນທີ 21 ພະຈິກ 2026",
        "number": f"ເລກທີ {SERIAL}",
        "check": "ສະແກນເພື່ອກວດສອບ",
        "stamp": "ກາປະທັບ",
        "outcomes_lead": "ຫຼັງຈາກຫຼັກສູດນີ້ ຜູ້ຖືໃບຢັ້ງຢືນສາມາດ:",
        "demo": "ຂໍ້ມູນທົດລອງ: ບຸກຄົນນີ້ຖືກແຕ່ງຂຶ້ນ.",
        "signatory": ("ຫົວໜ້າ", "ອປສ, ວຽງຈັນ"),
    },
}


def course_texts(language: str) -> dict[str, Any]:
    path = settings.BASE_DIR / f"modules/library/coordination/{language}/course.toml"
    course = tomllib.loads(path.read_text(encoding="utf-8"))
    return {"course": course["title"], "outcomes": list(course["outcomes"].values())}


def sample_facts(grade: Grade, *, demo: bool, signatories: int) -> dict[str, dict[str, Any]]:
    """Frozen facts in the four languages."""
    facts = {}
    for language, words in WORDS.items():
        of_grade = ("title", "verb", "assessment", "required")
        own = {key: words[key][grade != Grade.ACHIEVEMENT] for key in of_grade}
        name, title = words["signatory"]
        own["disclaimer"] = words["disclaimer"] if grade == Grade.ATTENDANCE else ""
        own["demo"] = words["demo"] if demo else ""
        own["signatories"] = [{"name": name, "title": title}] * signatories
        own["signed"] = "" if signatories else words["signed"]
        facts[language] = words | own | course_texts(language)
    return facts


def sample(
    grade: Grade = Grade.ACHIEVEMENT,
    *,
    names: dict[str, str] | None = None,
    demo: bool = False,
    signatories: int = 0,
) -> Certificate:
    """A certificate that is in no database."""
    return Certificate(
        token=TOKEN,
        number=123,
        serial=SERIAL,
        grade=grade,
        names=NAMES if names is None else names,
        facts=sample_facts(grade, demo=demo, signatories=signatories),
        statement=f"C1~Xy9_-aBc~{SERIAL}~0123456789abcdefghijkl~coordination~1.0~A"
        "~20261102~20261121~20261121",
        signature="s" * 86,
        template_version=1,
        issued_at=timezone.now(),
    )
