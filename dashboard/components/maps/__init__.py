"""folium layers, palettes and legends: pure, no Streamlit."""
