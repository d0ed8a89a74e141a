"""Refusals of imports, each with words for people."""


class BadFile(Exception):
    """Why a file cannot be read as a list; the words are for whoever uploaded it."""


class NotReady(Exception):
    """Why a list cannot be taken over; nothing was changed."""
