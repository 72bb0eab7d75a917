from .adapter import BancontactPro
