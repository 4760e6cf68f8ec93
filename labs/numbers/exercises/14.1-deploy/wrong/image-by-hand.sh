docker swarm init
cd ~/ch14/exercises
docker stack deploy -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/v3.yml numbers
docker service update --detach --no-resolve-image --image numbers-api:v1 numbers_numbers-api
docker service update --detach --no-resolve-image --image numbers-web:v1 numbers_numbers-web
