power off node3
until docker node ls | grep node3 | grep Down; do sleep 1; done
until docker service ps --filter desired-state=running numbers_numbers-api | grep -c 'Running  *Running' | grep 6; do sleep 1; done
docker kill $(docker ps --quiet --filter name=numbers_numbers-api | head -n 1)
