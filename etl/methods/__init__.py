"""Pure functions: numbers in and numbers out; no files, no SQL, no Streamlit."""
