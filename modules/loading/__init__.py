"""Library files to pages and snippets and back, as often as one likes.

Between the two stand entries: one object each, as plain values. `parsing` and `writing` know text,
`reading` and `arranging` know which file says what, `shelves/` know the rows of the database;
`loading` and `dumping` join them. An edit made in the admin is never overwritten.
"""
