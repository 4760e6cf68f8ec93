answer once-more further
