docker service update --detach --no-resolve-image --image numbers-api:v5 numbers_numbers-api
