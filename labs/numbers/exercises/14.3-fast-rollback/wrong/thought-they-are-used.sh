answer settings-with-v5 used
