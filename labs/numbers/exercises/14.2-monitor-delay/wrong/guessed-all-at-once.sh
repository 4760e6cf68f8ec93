answer second-batch at-once
