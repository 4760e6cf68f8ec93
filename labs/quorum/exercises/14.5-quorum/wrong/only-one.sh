power off node3
until docker node ls | grep node3 | grep Down; do sleep 1; done
docker kill $(docker ps --quiet --filter name=numbers_numbers-api | head -n 1)
