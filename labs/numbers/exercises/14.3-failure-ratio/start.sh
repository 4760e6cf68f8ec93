docker swarm init
cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v3.yml > stack.yml
docker stack deploy -c stack.yml numbers
