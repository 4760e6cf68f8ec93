until ssh node2 docker node update --availability active node3; do sleep 1; done
