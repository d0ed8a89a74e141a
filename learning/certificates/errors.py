"""Why no certificate could be issued, in one line for whoever runs the site."""


class CannotIssue(Exception):
    """Nothing was issued and no number was used. What is missing is in the message."""
