"""Keys of what is protected (密钥): values sealed one by one, their keys outside the event database."""
