"""What the form of a question about a picture needs: an image that fits into it, and per cents."""

import io
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.models import AbstractImage

from modules.reference.drawings import embedded

PERCENT = RegexValidator(
    r"^(100|[0-9]{1,2}(\.[0-9]{1,2})?)$", _("A number from 0 to 100, such as 12 or 37.5.")
)
# Pixels of the longer side that are tried until the image is light enough to be kept in a question.
LONGEST_SIDES = (1000, 800, 640, 480, 320)
QUALITY = 75  # per cent
HEAVIEST = 60_000  # bytes, as of a drawing


def percent_block(label: Any) -> blocks.CharBlock:
    """A number as text, in per cent of the picture."""
    return blocks.CharBlock(label=label, validators=[PERCENT], help_text="%")


def picture_from(image: AbstractImage) -> str:
    """The image as a picture of a question."""
    with image.get_willow_image() as opened:
        return fitted(opened)


def fitted(opened: Any) -> str:
    """An image that Willow opened, as large as its weight allows."""
    upright = opened.auto_orient()
    width, height = upright.get_size()
    for longest in LONGEST_SIDES:
        scale = min(1, longest / max(width, height))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        file = io.BytesIO()
        upright.resize(size).save_as_webp(file, quality=QUALITY, apply_optimizers=False)
        if file.tell() <= HEAVIEST:
            break
    return embedded(file.getvalue(), *size)
