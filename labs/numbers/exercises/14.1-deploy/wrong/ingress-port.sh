docker swarm init
cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml | sed 's/mode: host/mode: ingress/' > stack.yml
docker stack deploy -c stack.yml numbers
