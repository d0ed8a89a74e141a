"""Why a page could not be printed."""


class RenderingFailed(Exception):
    """The page is too large, or took too long."""
