"""What is generated from the example specs, made once for all processes of a test run."""

import fcntl
import shutil
import tempfile
from pathlib import Path

from measuring import unmeasured

EXAMPLES = Path(__file__).parent / "example_specs"


class ExampleTrees:
    """Trees in a folder that the processes of a run share.

    Attributes:
        folder: Where they are; `None` until the run has begun.
    """

    folder: Path | None = None

    def tree(self, name: str) -> Path:
        """The tree with ``redenlab_api.example_<name>``, of ``example_specs/<name>.yaml``."""
        assert self.folder is not None
        tree = self.folder / name
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # waits for a process that is making the tree
            if not tree.exists():
                self._make(name, tree)
        return tree

    def _make(self, name: str, tree: Path) -> None:
        import generate  # takes half a second, and most tests need no tree

        with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            specs, fresh = Path(scratch, "openapi"), Path(scratch, "generated")
            specs.mkdir()
            shutil.copy(EXAMPLES / f"{name}.yaml", specs / f"example_{name}.yaml")
            with unmeasured():
                generate.build(specs, fresh)
            fresh.rename(tree)


TREES = ExampleTrees()
