"""Statistics of tests and reports: plain values in, small frozen results out.

Knows neither Django nor the database and imports nothing of ours. SciPy takes two seconds to
import, so the functions that need it import it themselves.
"""
