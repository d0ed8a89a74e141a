"""The home page for the person who is signed in: the courses, how far she is, what is next."""
