"""What is known about a debt, and what follows from it: pure, and the one place.

Facts are gathered for a batch by ``account.move._pom_facts`` (:mod:`.facts`); from them
:func:`.standing.standing` derives how each debt stands; whoever shows, asks, begins or
matches reads that and decides nothing of it again. For who asks part by part there is
:mod:`.asking`, and :mod:`.reasons` says why nobody is asked.
"""
