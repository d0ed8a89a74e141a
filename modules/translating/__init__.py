"""Translating in the admin, segment by segment: what wagtail-localize does, and our rules for it.

Library files are the other way into another language; that is `modules.loading`.
"""
