answer old-config removed
