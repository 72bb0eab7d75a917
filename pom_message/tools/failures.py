"""Why a message didn't arrive, where we are the ones to say it: words that are put into
sentences when somebody reads them, since mostly a scheduler notices.
"""

NO_SENDER = "no_sender"
NO_SERVER = "no_server"
CAME_BACK = "came_back"
INTERRUPTED = "interrupted"
