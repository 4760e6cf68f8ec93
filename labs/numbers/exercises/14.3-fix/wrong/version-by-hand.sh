docker service update --detach --no-resolve-image --image numbers-api:v5 --env-add Broken=false numbers_numbers-api
