"""Files that are nobody else's business."""

import os
import tempfile
from pathlib import Path


def keep_private(path: Path, text: str) -> None:
    """Write `text` so that only the owner reads it, and nobody ever sees a half of it.

    Folders that are missing are made for the owner alone.

    Raises:
        OSError: The disk is full, or the folder is not ours to write to.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp gives mode 0600 from the first moment, and a rename is all or nothing.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
