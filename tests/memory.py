"""The most memory that a process has had so far, in KiB, as Linux tells it.

Not ``ru_maxrss``: that of a child begins with its parent's.
"""

from pathlib import Path

PEAK = (
    'int(__import__("pathlib").Path("/proc/self/status").read_text()'
    '.partition("VmHWM:")[2].split()[0])'
)
"""Python for a program that measures itself."""


def peak(pid: int) -> int:
    """That of another process."""
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0])
