"""The command line: `redenlab predict`, `wait`, `models`, `sandbox` and `demo`.

Standard output carries data and nothing else; messages go to standard error. The
commands contain no workflow: they call the async client and show its events and results.
"""
