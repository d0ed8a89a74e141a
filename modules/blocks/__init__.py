"""The kinds of blocks a lesson is made of, and how their Markdown becomes HTML."""
