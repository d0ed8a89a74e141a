"""People and what they may do: persons, accounts, organisations, areas, roles, consent.

A person is not an account: most participants of a cascade never sign in. This small Django app of
its own is migrated first, because Wagtail's tables need the table of users.
"""
