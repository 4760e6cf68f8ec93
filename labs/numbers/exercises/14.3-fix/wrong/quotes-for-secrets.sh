answer why-quotes secret
