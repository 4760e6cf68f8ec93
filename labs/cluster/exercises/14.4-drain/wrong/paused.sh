docker node update --availability pause node5
docker node update --availability pause node3
