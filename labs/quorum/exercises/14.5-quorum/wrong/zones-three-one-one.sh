answer zones three-one-one
