until ssh node2 docker node update --availability active node3; do sleep 1; done
ssh node2 docker stack rm numbers
until [ -z "$(ssh node2 docker network ls --quiet --filter name=numbers-prod)" ]; do sleep 1; done
cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5.yml > stack.yml
ssh node2 docker stack deploy -c - numbers < stack.yml
