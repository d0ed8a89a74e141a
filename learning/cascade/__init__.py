"""Training of trainers: the pages under /training/. So far the desk where answers are marked."""
