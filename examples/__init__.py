"""Example hosts: how a school information system takes the plugin in."""
