for node in node1 node2 node3 node4 node5; do docker node update --availability drain $node; done
