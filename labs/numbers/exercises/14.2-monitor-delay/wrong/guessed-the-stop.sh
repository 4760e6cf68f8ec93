answer second-batch when-stopped
