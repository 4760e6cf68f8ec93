docker node update --availability drain node4
docker node update --availability drain node3
