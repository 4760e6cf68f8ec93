docker node update --availability drain node5
docker node update --availability drain node3
docker node ls
docker service ps --filter desired-state=running numbers_numbers-api
answer drained-manager votes
