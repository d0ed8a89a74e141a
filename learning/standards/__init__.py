"""Setting pass marks: judges estimate each question, and somebody decides by what comes out.

A study changes nothing by itself. A decision adds an award rule from a day on; what was earned
before, and every certificate, stays as it is. docs/decisions/0025-standard-setting.md says why.
"""
