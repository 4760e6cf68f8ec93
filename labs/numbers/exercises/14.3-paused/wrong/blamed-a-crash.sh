answer cause crash
