"""How answers leave the server: security policy, health, error pages.

Holds nothing about people or courses and imports nothing of ours.
"""
