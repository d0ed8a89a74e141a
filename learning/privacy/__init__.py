"""Export and erasure of everything declared as personal data (`people/personal.py`)."""
