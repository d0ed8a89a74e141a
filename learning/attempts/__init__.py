"""What learners answered. Practice is kept for those who started the course, and never marked."""
