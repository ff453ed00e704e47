"""The runtime that all backends share; it knows none of them.

Its packages, in the order in which they may import each other: `spec`, `transport`, `auth`,
`calls`, `files`, `jobs`, `clients`. Below them stand `errors`, `events` and `text`.
"""
