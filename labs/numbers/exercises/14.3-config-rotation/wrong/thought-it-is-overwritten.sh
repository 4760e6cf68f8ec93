answer old-config overwritten
