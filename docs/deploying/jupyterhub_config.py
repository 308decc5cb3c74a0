"""JupyterHub in front of the workbench: the hub says who somebody is, the workbench what that person may open.

Start it with ``jupyterhub -f docs/deploying/jupyterhub_config.py`` where the variables below are set. The tests of the
workbench run this very file, with another authenticator and other ports.
"""

import os
import sys

c = get_config()  # noqa: F821 -- JupyterHub's own

HERE = os.environ["WORKBENCH_ROOT"]  # the repository, with notebooks/ and dashboards/
STUDY = os.environ["WORKBENCH_STUDY"]  # folder of the live study, or its postgresql:// address
STATE = os.environ["WORKBENCH_STATE"]  # private folder: accounts, drafts, identity.toml
PORT = os.environ.get("WORKBENCH_PORT", "8888")
HOST = os.environ.get("WORKBENCH_HOST", "")  # the public name, where a proxy in front speaks HTTPS

c.JupyterHub.bind_url = os.environ.get("HUB_URL", "http://127.0.0.1:8000")
# Set c.JupyterHub.authenticator_class to the organisation's own: OAuthenticator, LDAP and others are packages apart.
# The hub writes names small; an account's code is compared without regard to capitals.
c.Authenticator.allow_all = True  # who has no account in the workbench gets no further than being told so

c.JupyterHub.services = [
    {
        "name": "workbench",
        "url": f"http://127.0.0.1:{PORT}",
        "command": [
            *(sys.executable, "-m", "workbench.serving"),
            *("--study", STUDY, "--state", STATE, "--port", PORT),
            *("--notebooks", f"{HERE}/notebooks", "--journey", f"{HERE}/dashboards/min_resa.ipynb"),
            *("--identity", f"{STATE}/identity.toml"),
            *(("--public-host", HOST) if HOST else ()),
        ],
        "oauth_no_confirm": True,  # it is the organisation's own: nobody need be asked
        "display": False,
    }
]

# Being logged in to the hub opens nothing by itself: only those in the group come to the workbench, and nobody there
# may start servers of their own. Take the second role's group from the authenticator, or keep the group by hand.
c.JupyterHub.load_groups = {"workbench": {"users": os.environ.get("WORKBENCH_USERS", "").split()}}
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": []},
    {
        "name": "workbench",
        "groups": ["workbench"],
        "scopes": ["read:users:name!user", "read:users:groups!user", "access:services!service=workbench"],
    },
]
c.JupyterHub.default_url = "/services/workbench/"  # else the hub would start a server for whoever logs in
