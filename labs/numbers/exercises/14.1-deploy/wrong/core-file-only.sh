docker swarm init
cd ~/ch14/exercises
docker stack deploy -c numbers/docker-compose.yml numbers
