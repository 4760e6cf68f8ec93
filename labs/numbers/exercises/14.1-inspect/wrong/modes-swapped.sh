docker stack services numbers
answer web-mode host
