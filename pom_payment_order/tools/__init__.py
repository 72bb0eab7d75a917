"""Decisions on plain values: nothing in here knows Odoo."""
