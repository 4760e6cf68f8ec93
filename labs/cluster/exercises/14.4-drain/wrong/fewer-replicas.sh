docker service scale --detach numbers_numbers-api=3
docker node update --availability drain node5
docker node update --availability drain node3
