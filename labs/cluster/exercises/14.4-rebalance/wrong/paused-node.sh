until ssh node2 docker node update --availability pause node3; do sleep 1; done
ssh node2 docker service update --detach --force numbers_numbers-api
