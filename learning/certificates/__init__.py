"""Certificates: award rules, frozen facts, registers, verification.

Reads progress and marks, never the other way round. What a certificate says is frozen at issue;
what has happened to it since is told by its facts.
"""
