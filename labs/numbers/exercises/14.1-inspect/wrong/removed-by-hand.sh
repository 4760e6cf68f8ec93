docker kill "$(docker ps -q --filter label=com.docker.swarm.service.name=numbers_numbers-api | head -1)"
