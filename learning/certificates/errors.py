"""Why no certificate could be issued or printed, in one line for whoever runs the site."""


class CannotIssue(Exception):
    """Nothing was issued and no number was used. What is missing is in the message."""
