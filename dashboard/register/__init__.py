"""The register of community assets: its record, its rules and its transactional store."""
