cd ~/ch14/exercises
docker stack config -c numbers/docker-compose.yml -c numbers/prod-full.yml -c numbers/v5.yml > stack.yml
docker stack deploy -c stack.yml numbers
ssh node2 docker stack deploy -c - numbers < stack.yml
TARGET=node1 docker stack config -c front/front.yml | ssh node3 docker stack deploy -c - front
until ssh node2 docker service ls | grep numbers-api | grep 6/6; do sleep 1; done
sleep 3
power off node2
