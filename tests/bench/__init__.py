"""What a request costs beside two yardsticks under the same server, in the same run: `make bench`.

Milliseconds differ between machines and hours. How many times a plain page a lesson costs does not.
Nothing here passes or fails; aims are printed beside what was measured.
"""
