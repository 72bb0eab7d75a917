from . import letter_size
