cd ~/ch14/exercises
docker config create numbers-page-v1 numbers/page.json
