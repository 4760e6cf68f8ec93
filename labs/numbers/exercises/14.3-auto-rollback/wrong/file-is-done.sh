answer same-file-again nothing
