"""The plugin's own migration history, installed as `wilma_ext.migrations`."""
