docker node update --availability drain node3
ssh node5 docker swarm leave
