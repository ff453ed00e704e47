"""What clients are made of: their settings, the dynamic client, resources, and paging.

May import everything else of the core; knows no backend.
"""
