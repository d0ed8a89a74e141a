"""The editions there are. What goes into each is said by `compiling`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.TextChoices):
    """The name in the address of a file: `/courses/<course>/editions/<edition>.<lang>.pdf`."""

    ORIENTATION_PACK = "orientation-pack", _("orientation pack")
    FACILITATION_GUIDE = "facilitation-guide", _("facilitation guide")
    HANDBOOK = "handbook", _("participants’ handbook")
    POCKET_BOOK = "pocket-book", _("pocket book")
    POCKET_BOOK_A4 = "pocket-book-a4", _("pocket book, to fold from A4 sheets")
    SLIDES = "slides", _("slides")


# What is meant for those who train others; only they may read it.
FOR_TRAINERS = frozenset({Edition.FACILITATION_GUIDE, Edition.SLIDES})
# Books that also exist as EPUB.
BOOKS = (
    *(Edition.ORIENTATION_PACK, Edition.FACILITATION_GUIDE),
    *(Edition.HANDBOOK, Edition.POCKET_BOOK),
)
