"""How the product is asked: routes, schemas and the error table."""
