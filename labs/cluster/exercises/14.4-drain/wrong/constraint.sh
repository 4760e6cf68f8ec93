docker service update --detach --constraint-add node.hostname!=node5 --constraint-add node.hostname!=node3 numbers_numbers-api
docker service update --detach --constraint-add node.hostname!=node5 --constraint-add node.hostname!=node3 numbers_numbers-web
