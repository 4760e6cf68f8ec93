power off node3
until docker node ls | grep node3 | grep Down; do sleep 1; done
until docker service ps --filter desired-state=running numbers_numbers-api | grep -c 'Running  *Running' | grep 6; do sleep 1; done
power off node2
while docker node ls; do sleep 2; done
