"""Ways in and out of the register: tables, GeoJSON, Open Referral, OpenStreetMap; pure but for the feed client."""
