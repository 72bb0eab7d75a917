"""Decisions on values that need no Odoo."""
