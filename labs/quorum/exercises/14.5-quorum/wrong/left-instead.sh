ssh node3 docker swarm leave --force
