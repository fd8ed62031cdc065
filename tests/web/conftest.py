"""The desk for every test of pages."""

from tests.web.desk import desk

__all__ = ["desk"]
