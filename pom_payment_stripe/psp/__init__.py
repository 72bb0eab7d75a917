from .adapter import Stripe
