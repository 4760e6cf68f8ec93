answer seven-managers 4
