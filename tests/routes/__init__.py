"""Every address of the site against every role: what must open and what must not.

`expectations.py` is written by hand; `walking.py` finds the addresses and asks them.
"""
