docker swarm init
docker network create -d overlay gallery
for name in iotd accesslog; do docker service create -d --no-resolve-image --network gallery --name image-gallery_$name gallery-$name:v1; done
docker service create -d --no-resolve-image --network gallery --name image-gallery_image-gallery --publish mode=host,target=80,published=80 gallery-web:v1
