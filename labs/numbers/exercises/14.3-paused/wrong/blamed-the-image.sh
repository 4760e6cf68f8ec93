answer cause image
