docker swarm leave --force
until ssh node2 docker node ls; do sleep 1; done
ssh node5 docker swarm leave
ssh node5 docker swarm join --token $(ssh node2 docker swarm join-token --quiet manager) $(ssh node2 hostname -i):2377
until ssh node2 docker node demote node1; do sleep 1; done
until ssh node2 docker node rm node1; do sleep 2; done
