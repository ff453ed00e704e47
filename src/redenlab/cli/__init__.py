"""The command line: `redenlab predict`, `wait`, `models`, `sandbox` and `demo`.

Standard output carries data and nothing else; everything that is said to people goes to standard
error. The commands own no workflow: they call the async client and show what it reports.
"""
