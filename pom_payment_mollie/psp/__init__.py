from .adapter import Mollie
