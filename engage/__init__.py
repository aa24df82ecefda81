"""engage: a desk for people who write online."""

__version__ = "0.1.0"

#: Where the project lives. Sent to every server in the User-Agent and written into the package's
#: metadata at build time; whoever publishes engage sets it here, once.
HOME_URL = "https://engage.example/"
