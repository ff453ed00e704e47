"""A model for cog: writes a file, fails, or takes its time."""

import tempfile
import time
from pathlib import Path as Folder

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self, prompt: str = Input(description="Text"), how: str = Input(default="file")
    ) -> Path:
        if how == "fail":
            raise ValueError("told to fail")
        for step in range(4 if how == "file" else 1000):
            print(f"{25 * step}%|{'#' * step}| {step}/4")  # noqa: T201 - its log
            time.sleep(0.02)
        written = Folder(tempfile.mkdtemp()) / "said.txt"
        written.write_text(f"said {prompt}")
        return Path(written)
