answer nothing-left v5
