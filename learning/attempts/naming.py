"""What people call the tests of a course."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modules.papers.models import Purpose
from modules.papers.naming import read_test


def label_of_test(name: str) -> str:
    """ "Pre-test", "Test after 3 months": of a test by its name, or of a purpose as a whole."""
    purpose, wave = read_test(name) or (name, 0)
    if wave:
        return ngettext("Test after {n} month", "Test after {n} months", wave).format(n=wave)
    labels = {
        Purpose.PRE: _("Pre-test"),
        Purpose.POST: _("Post-test"),
        Purpose.RETENTION: _("Test some months after the course"),
        Purpose.PRACTICE: _("Practice test"),
    }
    return labels[Purpose(purpose)]
