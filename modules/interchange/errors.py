"""What stops an import as a whole."""


class Stale(Exception):
    """The bank is another one than the dry run showed."""
