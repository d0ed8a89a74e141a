"""The question bank: what a question is, how it is shown, read and marked.

The kinds and their marking are pure and know no Django; a question once used is frozen for ever.
"""
