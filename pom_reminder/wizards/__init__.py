from . import pom_reminder_quiet
from . import pom_reminder_preview
