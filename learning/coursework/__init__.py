"""Coursework: handed in, marked by others on the same course without names, moderated.

A piece of work belongs to an enrolment. Who marks whose work is decided by `planning`, from what is
recorded and nothing else, so it does not matter who looks first: whoever opens a page, or the
nightly command, has the same plan carried out by `tending`.
"""
