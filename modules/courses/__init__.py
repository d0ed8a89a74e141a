"""The pages of the site: home, catalogue, courses, lessons, and their trees in every language."""
