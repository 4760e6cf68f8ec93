answer settings-with-v5 merged
