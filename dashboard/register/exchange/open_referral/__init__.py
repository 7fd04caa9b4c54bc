"""The Open Referral UK standard, 3.0 in and out and 1.x in; its schemas are at openreferraluk.org."""
