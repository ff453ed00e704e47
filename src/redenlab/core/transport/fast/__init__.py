"""The second driver, on pyreqwest: the extra ``[fast]``, chosen by ``transport="fast"``.

It does what the driver on httpx does; where it cannot, that one is used, which is its base class.
The differences are in ``docs/transport.md``.
"""
