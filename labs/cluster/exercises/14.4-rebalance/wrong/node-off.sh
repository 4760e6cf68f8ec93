until ssh node2 docker node update --availability active node3; do sleep 1; done
power off node4
until ssh node2 docker node ls | grep node4 | grep Down; do sleep 1; done
