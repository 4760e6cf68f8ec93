answer stretched forbidden
