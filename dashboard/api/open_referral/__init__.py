"""The Open Referral UK 3.0 API under /openreferral: nine endpoints, for anyone, public fields only."""
