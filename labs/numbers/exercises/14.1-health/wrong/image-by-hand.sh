docker service update --detach --no-resolve-image --image numbers-api:v2 numbers_numbers-api
docker service update --detach --no-resolve-image --image numbers-web:v2 numbers_numbers-web
