"""Cohorts and enrolments: the one spine that progress, sittings and certificates point to."""
