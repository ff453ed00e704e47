"""What a browser and the person before it do at the sign-in of the sandbox."""

import re
from urllib.parse import urljoin

import httpx


def agreed(url: str) -> str:
    """Open the authorization page, press its button; returns where the browser is sent."""
    with httpx.Client(trust_env=False) as browser:
        page = browser.get(url)
        (nonce,) = re.findall('name="nonce" value="([^"]+)"', page.text)
        answer = browser.post(urljoin(url, "/oauth2/authorize"), data={"nonce": nonce})
        return answer.headers["location"]


def visit(url: str) -> httpx.Response:
    """Agree, and follow the authorization server back to the callback."""
    back = agreed(url).replace("localhost", "127.0.0.1")
    return httpx.get(back, trust_env=False)
