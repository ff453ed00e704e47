"""Runs: many sources through one kind of job, with an outcome for each; restartable at any moment.

`engine` decides what happens next, `work` does it for one item, `crews` run several items at a
time, and `ledger` has noted each step before it is made.
"""
