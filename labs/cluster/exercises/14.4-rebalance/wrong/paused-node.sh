ssh node2 docker node update --availability pause node3
ssh node2 docker service update --detach --force numbers_numbers-api
