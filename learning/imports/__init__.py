"""Lists of people from outside: read, checked, tried without effect, then taken over as a whole.

Raw rows become typed rows in `people/rows.py`; here is what a list of a course's people needs:
files, whom of them we know, the dry run, all or nothing, letters and slips with codes.
"""
