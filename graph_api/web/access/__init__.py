"""Who asks: tokens, OpenID Connect, and the names that they give to whom they know."""
