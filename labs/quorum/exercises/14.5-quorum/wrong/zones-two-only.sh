answer zones three-two
