power off node3
until docker node ls | grep node3 | grep Down; do sleep 1; done
power off node2
while docker node ls; do sleep 2; done
sleep 3
answer node-ls stale-list
