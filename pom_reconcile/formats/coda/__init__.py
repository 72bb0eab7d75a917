"""CODA, the Belgian coded statement of account (Febelfin standard 2.6)."""

from .decoder import identify, read

NAME = "CODA"
