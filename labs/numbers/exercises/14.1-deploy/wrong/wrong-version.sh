docker swarm init
cd ~/ch14/exercises
docker stack deploy -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/v3.yml numbers
