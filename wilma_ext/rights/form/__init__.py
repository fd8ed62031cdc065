"""The consent form as versioned content: draft, publication, versions and their differences."""
