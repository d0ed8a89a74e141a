"""Paper: HTML to PDF, and what print needs to know of scripts. Knows nothing of ours."""
