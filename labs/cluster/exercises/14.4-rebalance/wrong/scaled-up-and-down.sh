until ssh node2 docker node update --availability active node3; do sleep 1; done
ssh node2 docker service scale --detach numbers_numbers-api=12
sleep 8
ssh node2 docker service scale --detach numbers_numbers-api=6
