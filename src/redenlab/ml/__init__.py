"""RedenLab ML: speech models behind a job queue."""
