"""Lists of people, and of results, from outside: read, checked, tried without effect, taken over.

Raw rows become typed rows in `people/rows.py`; here is what a list of a course's people needs:
files, whom of them we know, the dry run, all or nothing, letters and slips with codes. Files named
`answer_…` do the same for the results of a test on paper.
"""
