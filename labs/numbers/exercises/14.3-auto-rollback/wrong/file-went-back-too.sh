answer same-file-again v3-again
