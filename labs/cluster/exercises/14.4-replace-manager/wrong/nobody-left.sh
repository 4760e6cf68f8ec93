docker node update --availability active node5
docker node promote node5
