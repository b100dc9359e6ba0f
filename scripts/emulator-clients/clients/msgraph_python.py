"""The Microsoft Graph SDK for Python, signed in by azure-identity."""
import asyncio
import os
import time

from azure.identity import CertificateCredential
from msgraph import GraphServiceClient
from msgraph.generated.models.group import Group
from msgraph.generated.models.password_profile import PasswordProfile
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.generated.models.user import User
from report import report

credential = CertificateCredential(
    os.environ["M365_TENANT"], os.environ["M365_CLIENT_ID"], os.environ["M365_CERTIFICATE"]
)
client = GraphServiceClient(credential, scopes=["https://graph.microsoft.com/.default"])
loop = asyncio.new_event_loop()
name = f"clients{int(time.time() * 1000)}"


def run(what, kind, call):
    return report(what, kind, lambda: loop.run_until_complete(call()))


run("list users", "read", lambda: client.users.get())
run("list groups", "read", lambda: client.groups.get())
run("read the organization", "read", lambda: client.organization.get())
run("list domains", "read", lambda: client.domains.get())
run("list licences", "read", lambda: client.subscribed_skus.get())
run("list applications", "read", lambda: client.applications.get())
run("list service principals", "read", lambda: client.service_principals.get())
run("list role definitions", "read", lambda: client.role_management.directory.role_definitions.get())
run("read the authorization policy", "read", lambda: client.policies.authorization_policy.get())
run("list conditional access", "read", lambda: client.identity.conditional_access.policies.get())
run("changes of users", "read", lambda: client.users.delta.get())
run("list sites", "read", lambda: client.sites.get_all_sites.get())
user = run(
    "add a user",
    "write",
    lambda: client.users.post(
        User(
            account_enabled=True,
            display_name="Client",
            mail_nickname=name,
            user_principal_name=f"{name}@{os.environ['M365_DOMAIN']}",
            password_profile=PasswordProfile(password="Only-4-tests!"),
        )
    ),
)
group = run(
    "add a group",
    "write",
    lambda: client.groups.post(
        Group(display_name=name, mail_nickname=name, mail_enabled=False, security_enabled=True)
    ),
)
if user and group:
    reference = ReferenceCreate(
        odata_id=f"https://graph.microsoft.com/v1.0/directoryObjects/{user.id}"
    )
    run("change a user", "write", lambda: client.users.by_user_id(user.id).patch(User(city="Zeist")))
    run(
        "add a member",
        "write",
        lambda: client.groups.by_group_id(group.id).members.ref.post(reference),
    )
    run(
        "list members",
        "write",
        lambda: client.groups.by_group_id(group.id).members.graph_user.get(),
    )
    run(
        "revoke sessions",
        "write",
        lambda: client.users.by_user_id(user.id).revoke_sign_in_sessions.post(),
    )
    run("remove a group", "write", lambda: client.groups.by_group_id(group.id).delete())
    run("remove a user", "write", lambda: client.users.by_user_id(user.id).delete())
loop.close()
