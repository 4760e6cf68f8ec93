# Adds the app images that every lab finds in its engine. Context: a folder with images.tar from `docker save`.
ARG NODE
FROM ${NODE}
COPY images.tar /opt/rollout-lab/images.tar
