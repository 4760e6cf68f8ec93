power freeze node3
until docker node ls | grep node3 | grep Down; do sleep 1; done
until docker service ps --filter desired-state=running numbers_numbers-api | grep -c 'Running  *Running' | grep 6; do sleep 1; done
power unplug node2
while docker node ls; do sleep 2; done
docker kill $(docker ps --quiet --filter name=numbers_numbers-api | head -n 1)
sleep 15
