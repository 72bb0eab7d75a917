from . import base_partner_merge
from . import pom_reminder_again
from . import pom_reminder_quiet
from . import pom_reminder_preview
from . import pom_reminder_trial
from . import pom_reminder_trial_line
