"""Wagtail's admin of tests: their settings, their forms, and blueprints with their pools.

What is saved here holds at once for whoever begins a test; papers that were begun stay as they are.
"""
