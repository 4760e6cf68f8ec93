answer web-stays global
