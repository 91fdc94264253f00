"""The shell of the four doors: base pages, components, display preferences and error pages."""
