"""`python -m tests.pages.books`: the pictures in docs/editions.md, two pages of each script."""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from PIL import Image

from tests.site import ROOT, environment, free_port

FOLDER = ROOT / "docs/pictures"
COLOURS = 64
# Language -> course, edition, what the first of two pages has, dots per inch.
PAGES = {
    "en": ("simplify", "orientation-pack", "Figure 1.1.", 60),
    "ur": ("simplify", "handbook", "1.1", 60),
    "km": ("coordination", "pocket-book", "1 ", 110),
    "lo": ("coordination", "pocket-book", "1 ", 110),
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="cascade-books-") as var:
        ours = {"DEMO_PEOPLE": "4", "DJANGO_SETTINGS_MODULE": "learning.settings"}
        os.environ.update(environment(Path(var), free_port()) | ours)
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=True)
        django.setup()
        for lang, (course, edition, mark, dots) in PAGES.items():
            pdf = made(course, edition, lang)
            first = page_with(pdf, mark)
            picture = beside(drawn(pdf, first, dots), drawn(pdf, first + 1, dots), lang == "ur")
            picture.quantize(COLOURS).save(FOLDER / f"editions-{lang}.png", optimize=True)


def made(course: str, edition: str, lang: str) -> bytes:
    from modules.courses.models import Course  # noqa: PLC0415 (after the settings)
    from modules.editions.producing import produce  # noqa: PLC0415

    return produce(Course.objects.get(code=course), edition, lang, "pdf", lambda *_: None).data


def page_with(pdf: bytes, mark: str) -> int:
    """The first page after the contents that has `mark`, from 1."""
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")
    return next(n for n, page in enumerate(pages, 1) if n > 3 and mark in page)


def drawn(pdf: bytes, page: int, dots: int) -> Image.Image:
    command = ["pdftoppm", "-r", str(dots), "-f", str(page), "-l", str(page), "-png", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout))


def beside(first: Image.Image, second: Image.Image, from_right: bool) -> Image.Image:
    """Two pages as they lie open; of a right-to-left book the first is on the right."""
    left, right = (second, first) if from_right else (first, second)
    gap = 8
    sheet = Image.new("RGB", (left.width + gap + right.width, left.height), "#857f6a")
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width + gap, 0))
    return sheet


if __name__ == "__main__":
    main()
