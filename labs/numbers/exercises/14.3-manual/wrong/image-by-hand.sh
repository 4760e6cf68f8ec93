docker service update --detach --no-resolve-image --image numbers-api:v3 numbers_numbers-api
