"""MT940, SWIFT's customer statement, as Dutch, German and other banks give it.

Read here and not by a library: those that there are drop what they can't read (cents
behind a point, a text that is too long) and check no sum.
"""

from .decoder import identify, read

NAME = "MT940"
