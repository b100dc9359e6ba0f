"""Office365-REST-Python-Client: SharePoint and Graph, signed in with a certificate."""
import os
import time

from office365.graph_client import GraphClient
from office365.sharepoint.client_context import ClientContext
from office365.sharepoint.lists.creation_information import ListCreationInformation
from report import report

SITE = f"https://{os.environ['M365_SITE_HOST']}"
TENANT = os.environ["M365_TENANT"]
CLIENT = os.environ["M365_CLIENT_ID"]
with open(os.environ["M365_CERTIFICATE"], encoding="utf-8") as file:
    KEY = file.read()
context = ClientContext(SITE).with_client_certificate(
    TENANT, CLIENT, os.environ["M365_THUMBPRINT"], private_key=KEY
)
graph = GraphClient(tenant=TENANT).with_certificate(CLIENT, os.environ["M365_THUMBPRINT"], KEY)
title = f"Clients {int(time.time() * 1000)}"

report("list users", "read", lambda: graph.users.top(2).get().execute_query())
report("list groups", "read", lambda: graph.groups.get().top(2).execute_query())
report("read the web", "read", lambda: context.web.get().execute_query())
report("list lists", "read", lambda: context.web.lists.get().execute_query())
report(
    "find a list by title",
    "read",
    lambda: context.web.lists.get_by_title("Documents").get().execute_query(),
)
report("list site users", "read", lambda: context.web.site_users.get().execute_query())
report("list site groups", "read", lambda: context.web.site_groups.get().execute_query())
report("list permission levels", "read", lambda: context.web.role_definitions.get().execute_query())
report("read the site's owner", "read", lambda: context.site.owner.get().execute_query())
report(
    "add a library",
    "write",
    lambda: context.web.lists.add(ListCreationInformation(title, None, 101)).execute_query(),
)
report(
    "remove a library",
    "write",
    lambda: context.web.lists.get_by_title(title).delete_object().execute_query(),
)
