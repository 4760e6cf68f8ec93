docker node update --availability drain node5
docker node update --availability drain node3
until [ -z "$(ssh node3 docker ps --quiet --filter name=numbers_)" ]; do sleep 1; done
sleep 2
answer drained-manager nothing
