docker node update --availability drain node5
docker node update --availability drain node3
docker node update --availability drain node4
