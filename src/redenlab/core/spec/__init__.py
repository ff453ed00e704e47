"""What a spec says: documents, ``x-job``, expressions, and the one job description. No I/O.

May import `redenlab.core.errors` and `redenlab.core.text`, and nothing else of the core.
"""
