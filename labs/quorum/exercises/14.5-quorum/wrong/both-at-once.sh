power off node3
power off node2
