answer price capacity
