answer stretched overlay
