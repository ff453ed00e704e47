"""The network: the seam that workflows use (`io`), its drivers, and what responses mean.

May import `redenlab.core.errors`, `text` and `spec`; knows neither credentials nor jobs.
"""
