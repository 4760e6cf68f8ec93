answer second-batch after-monitor
