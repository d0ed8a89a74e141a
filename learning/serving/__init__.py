"""How answers leave the server, and how it is started: policy, health, errors, caching, processes.

Holds nothing about people or courses and imports nothing of ours.
"""
