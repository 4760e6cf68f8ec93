answer shutdown-tasks "$(docker service ps -q numbers_numbers-api | wc -l)"
