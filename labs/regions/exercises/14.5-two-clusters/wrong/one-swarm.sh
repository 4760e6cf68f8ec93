ssh node2 docker swarm leave --force
ssh node2 docker swarm join --token $(docker swarm join-token --quiet worker) $(hostname -i):2377
cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5.yml > stack.yml
docker stack deploy -c stack.yml numbers
