answer which-failure sixth
