"""What others wrote judges us: core's and OCA's own tests, with our addons installed
and without them.
"""
