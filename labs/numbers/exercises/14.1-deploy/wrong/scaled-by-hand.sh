docker swarm init
cd ~/ch14/exercises
sed 's/replicas: 6/replicas: 2/' numbers/prod.yml > numbers/small.yml
docker stack deploy -c numbers/docker-compose.yml -c numbers/small.yml numbers
docker service scale --detach numbers_numbers-api=6
