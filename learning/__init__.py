"""RECORD: who learned what, when, from whom.

This app may read what is taught (`modules`); the other way round is forbidden.
"""
