"""Places: division, community, building, entrance and home by code; estates, grids and other zones; boundaries."""
