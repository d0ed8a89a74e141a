"""How long things take beside a yardstick of the same run: `make bench`.

Milliseconds differ between machines and hours; how many times an empty page a lesson takes does
not. Nothing here passes or fails.
"""
