from . import pom_reminder_again
from . import pom_reminder_quiet
from . import pom_reminder_preview
