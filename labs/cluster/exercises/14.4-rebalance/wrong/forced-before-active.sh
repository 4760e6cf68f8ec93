ssh node2 docker service update --force --update-order stop-first --update-monitor 1s numbers_numbers-api
until ssh node2 docker node update --availability active node3; do sleep 1; done
