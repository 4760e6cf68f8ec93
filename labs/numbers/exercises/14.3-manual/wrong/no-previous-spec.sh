answer nothing-left refused
