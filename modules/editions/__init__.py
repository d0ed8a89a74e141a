"""Editions: one lesson source as books to print, to read on a device and to show on a wall.

`compiling` reads a course and makes a `Book` of it, `setting` and `epub` turn a book into a file,
`making` does so in the background and keeps what was made.
"""
