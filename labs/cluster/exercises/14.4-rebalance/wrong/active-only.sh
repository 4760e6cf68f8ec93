ssh node2 docker node update --availability active node3
