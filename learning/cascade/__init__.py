"""Training of trainers: training sessions, who took part and who led, accreditation, marking.

A training session (`Event`) is a cohort with dates: its participants are enrolments. Attendance and
results are handed down to `learning.certificates`, which knows nothing of sessions.
"""
