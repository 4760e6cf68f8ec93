answer which-failure first
