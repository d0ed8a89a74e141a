"""Where each kind of entry stands in the database: how it is read from rows and written to them."""
