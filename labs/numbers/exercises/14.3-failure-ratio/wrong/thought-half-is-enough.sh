answer which-failure third
