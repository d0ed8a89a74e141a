"""Content in and out: questions as Moodle XML, GIFT, Aiken, QTI, tables and Word.

Formats turn bytes into drafts and drafts into bytes; they know no database and no page. What a
draft means for the bank stands in `planning.py`, and nothing is stored before it was shown.
"""
