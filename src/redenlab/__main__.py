"""``python -m redenlab`` is the program ``redenlab``."""

from redenlab.cli.main import main

main()
