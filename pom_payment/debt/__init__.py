"""What is known about a debt, and what follows from it: pure, and the one place.

Facts are gathered for a batch by ``account.move._pom_facts``; :func:`standing` derives
how each debt stands; whoever shows, asks, begins or matches reads that and decides
nothing of it again.
"""
