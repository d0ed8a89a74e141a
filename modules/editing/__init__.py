"""The way of a text from a draft to its readers: subject review, legal review where it cites law.

Who is in the groups of reviewers follows from roles, which are the matter of `learning.people`.
"""
