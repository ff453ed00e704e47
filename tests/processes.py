"""The environment of processes that tests start."""

import os


def environment(**settings: str) -> dict[str, str]:
    """That of this process, and `settings`; coverage does not measure a process that has it.

    Measuring takes time and memory; what such a process runs is measured elsewhere.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return own | settings
