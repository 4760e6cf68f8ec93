power off node3
until docker node ls | grep node3 | grep Down; do sleep 1; done
until docker service ps --filter desired-state=running numbers_numbers-api | grep -c 'Running  *Running' | grep 6; do sleep 1; done
power off node2
while docker node ls; do sleep 2; done
curl -s localhost
docker kill $(docker ps --quiet --filter name=numbers_numbers-api | head -n 1)
sleep 15
docker ps --filter name=numbers_
power on node2
until docker node ls; do sleep 2; done
answer node-ls no-leader
answer page serves
answer four-managers 1
answer seven-managers 3
answer even-number more-votes-needed
answer zones two-two-one
