"""The simulator: consent and rights as small readable worlds, checked by the plugin's own code."""
