"""Coursework of a course: which task is handed in, as what, and by whom it is marked.

The task itself is a question of the bank with a rubric, so its words, its translations and its
versions are kept as those of every question.
"""
