answer price none
