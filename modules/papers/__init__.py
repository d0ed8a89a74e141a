"""The tests of a course and their parallel forms: which questions, in which order, by which rules.

Questions are named by their keys; which version of a question is asked is frozen with the paper.
"""
