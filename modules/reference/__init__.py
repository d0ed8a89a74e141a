"""What lessons refer to: sources, glossary terms, dated legal figures, learning outcomes.

Each stands once and is used everywhere; nothing here knows lessons or questions.
"""
