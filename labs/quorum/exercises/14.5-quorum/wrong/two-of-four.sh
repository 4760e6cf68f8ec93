answer four-managers 2
