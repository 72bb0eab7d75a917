"""Words for why an event was held or failed, which are put into sentences when somebody
reads them; whatever else is kept is what a provider or the program said.
"""

CONNECTION_TEST = "connection_test"
FOREIGN = "foreign"
MISMATCH = "mismatch"
