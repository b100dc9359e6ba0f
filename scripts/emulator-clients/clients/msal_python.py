"""MSAL for Python: tokens by secret and by certificate, with instance discovery."""
import os

import msal
from report import report

TENANT = os.environ["M365_TENANT"]
CLIENT = os.environ["M365_CLIENT_ID"]
AUTHORITY = f"https://login.microsoftonline.com/{TENANT}"


def token(credential, scope):
    app = msal.ConfidentialClientApplication(
        CLIENT, client_credential=credential, authority=AUTHORITY
    )
    result = app.acquire_token_for_client(scopes=[scope])
    if "access_token" not in result:
        raise RuntimeError(result.get("error_description"))


def certificate():
    with open(os.environ["M365_CERTIFICATE"], encoding="utf-8") as file:
        return {"private_key": file.read(), "thumbprint": os.environ["M365_THUMBPRINT"]}


GRAPH = "https://graph.microsoft.com/.default"
if os.environ.get("M365_SECRET"):
    report("token by secret", "read", lambda: token(os.environ["M365_SECRET"], GRAPH))
report("token by certificate", "read", lambda: token(certificate(), GRAPH))
report(
    "token for SharePoint",
    "read",
    lambda: token(certificate(), f"https://{os.environ['M365_SITE_HOST']}/.default"),
)
report(
    "token for Exchange",
    "read",
    lambda: token(certificate(), "https://outlook.office365.com/.default"),
)
