answer even-number forbidden
