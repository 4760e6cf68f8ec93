answer once-more refused
