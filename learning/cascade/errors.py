"""Why something about a training session was not done, in words for the person who asked."""


class Refused(Exception):
    """Nothing was changed. `str()` says why and what to do, in the reader's language."""
