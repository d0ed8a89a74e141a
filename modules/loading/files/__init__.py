"""Which file says what: how each kind of file is read into entries and written from them."""
