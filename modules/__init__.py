"""CONTENT: what is taught. Authored, versioned, translated, printed.

This app knows nothing of the people who learn; it must never import `learning`.
"""
