until ssh node2 docker node update --availability active node3; do sleep 1; done
ssh node2 docker node ls
ssh node2 docker service update --force --update-order stop-first numbers_numbers-api
ssh node2 docker service ps --filter desired-state=running numbers_numbers-api
