"""Why something about a study was not done, in words for the person who asked."""


class CannotStudy(Exception):
    """Nothing was changed. `str()` says why and what to do, in the reader's language."""
