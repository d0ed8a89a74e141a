"""Drills: what must hold when servers die, networks lose packets and people press twice.

Every drill has a control, a variant with the fault that the drill looks for, and must find it
there. The short forms run with all tests; `make drills` runs the long ones and writes down what
they came to, in docs/reliability.md.
"""
