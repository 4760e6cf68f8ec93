docker swarm leave --force
until ssh node2 docker node ls; do sleep 1; done
until ssh node2 docker node update --availability active node5; do sleep 1; done
until ssh node2 docker node promote node4; do sleep 1; done
until ssh node2 docker node demote node1; do sleep 1; done
until ssh node2 docker node rm node1; do sleep 2; done
