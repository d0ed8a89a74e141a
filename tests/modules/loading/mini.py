"""A library with one small course in English and, in part, in Urdu. Nothing is wrong with it."""

from pathlib import Path

from modules.loading.loading import LIBRARY

SHARED = {
    "sources.toml": """
# Where it comes from.

["W900"]
title = "Mini source"
publisher = ""
year = "2026"
confidence = "source"
""",
    "terms.toml": """
["mini term"]
definition = "A term for tests."
source = "[W900]"
ur = {term="اصطلاح", confidence="draft", note="Nearest form."}
""",
    "legal.toml": """
["kh.mini-limit"]
label = "Limit"
jurisdiction = "KH"
value = "100"
unit = "KHR per month"
valid_from = "2024-02"
valid_to = ""
basis = "Prakas 1"
source = "[W900]"
checked_on = "2026-11-21"
""",
}

COURSE = {
    "mini/course.toml": """
code = "mini"
prefix = "MI"
number = 91
version = "1.0"
status = "open"
country = "KH"
programme = ""
minutes_total = 60
lessons = [
  "one",
  "two",
]

[[outcome]]
code = "MI1"
level = "understand"
""",
    "mini/tests.toml": """
[[test]]
purpose = "post"
minutes = 25
attempts = 2
wait_days = 7
counts = "best"
feedback_when = "closed"

[forms]
A = [
  "mi-a1",
]
B = [
  "mi-b1",
]
""",
    "mini/en/course.toml": """
title = "Mini course"
short_title = "Mini"
summary = "Small."
audience = "Testers."
purpose = "To test."
review = "draft"

[outcomes]
MI1 = "Explain little."
""",
    "mini/en/01-one.md": """
+++
key = "one"
title = "Lesson one"
purpose = "By the end you can count to one."
outcomes = ["MI1"]
minutes = 20
review = "draft"
+++

::: text {#start minutes=9}
## Begin

A [[term:mini term|term]] with **weight**. [W900]
:::

::: figure {#drawing file="figures/dot.svg" alt="A \\"dot\\" in a box."}
One dot.

- A: the dot
:::

::: law {#limit figure="kh.mini-limit"}
Whoever earns more is outside. [W900]
:::

::: case {#story invented=yes minutes=5}
## Story

What now? (own)
:::

::: question {#q-one use="mi-one"}
:::

::: activity {#play audience=facilitator minutes=15 materials="2 cards"}
## Play
:::

::: sources {#sources}
- [W900] all of it
:::
""",
    "mini/en/01-one.questions.toml": """
[mi-one]
kind = "single"
outcome = "MI1"
level = "understand"
use = "practice"
stem = "One?"
options = [
  {key="a", correct=true, text="Yes", feedback="It is."},
  {key="b", correct=false, text="No", feedback="It is not."},
]
feedback = "One is one. [W900]"
""",
    "mini/en/02-two.md": """
+++
key = "two"
title = "Lesson two"
purpose = "By the end you can count to two."
outcomes = ["MI1"]
minutes = 25
review = "draft"
+++

::: text {#start}
## Go on

Two. (own)
:::

::: question {#q-two use="mi-two"}
:::
""",
    "mini/en/02-two.questions.toml": """
[mi-two]
kind = "numeric"
outcome = "MI1"
level = "apply"
use = "practice"
stem = "One and one?"
answer = "2"
min = "2"
max = "2"
feedback_wrong = "Count again."
feedback = "Two."
""",
    "mini/en/tests.questions.toml": """
[mi-a1]
kind = "truefalse"
outcome = "MI1"
level = "understand"
use = "test"
stem = "One is one."
options = [
  {key="true", correct=true, feedback="It is."},
  {key="false", correct=false, feedback="It is one."},
]
feedback = "One."

[mi-b1]
kind = "truefalse"
outcome = "MI1"
level = "understand"
use = "test"
stem = "Two is one."
options = [
  {key="true", correct=false, feedback="It is two."},
  {key="false", correct=true, feedback="It is two."},
]
feedback = "Two."
""",
    "mini/figures/dot.svg": """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
  <text x="5" y="5">A</text>
</svg>
""",
    "mini/ur/course.toml": """
title = "چھوٹا کورس"
short_title = "چھوٹا"
summary = "مختصر۔"
review = "draft"

[outcomes]
MI1 = "تھوڑی وضاحت کریں۔"
""",
    "mini/ur/01-one.md": """
+++
key = "one"
title = "سبق ایک"
purpose = "آپ ایک تک گن سکیں گے۔"
review = "draft"
+++

::: text {#start}
## آغاز
:::

::: figure {#drawing alt="خانے میں نقطہ۔"}
ایک نقطہ۔

- A: نقطہ
:::

::: law {#limit}
جو زیادہ کمائے وہ باہر ہے۔ [W900]
:::

::: case {#story}
## کہانی
:::

::: question {#q-one}
:::

::: activity {#play materials="دو کارڈ"}
## کھیل
:::

::: sources {#sources}
- [W900] سب کچھ
:::
""",
    "mini/ur/01-one.questions.toml": """
[mi-one]
stem = "ایک؟"
options = [
  {key="a", text="ہاں", feedback="ہے۔"},
  {key="b", text="نہیں", feedback="نہیں ہے۔"},
]
feedback = "ایک ایک ہے۔ [W900]"
""",
}
FILES = {name: text.lstrip("\n") for name, text in {**SHARED, **COURSE}.items()}


def write_mini(root: Path) -> Path:
    """The mini library in `root`, with the shipped catalogue."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "catalogue.toml").write_bytes((LIBRARY / "catalogue.toml").read_bytes())
    return root


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace the one place in file `name` where `old` stands."""
    path = root / name
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1, f"{old!r} stands {before.count(old)} times in {name}"
    path.write_text(before.replace(old, new), encoding="utf-8")
