"""Events as a stranger would send them: over the store's socket, without its pages."""

from __future__ import annotations

from base64 import b64encode
from http.client import HTTPConnection
from secrets import token_bytes
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Page

CONVERSATION = """
([address, events, awaited, quietMs]) => new Promise((resolve, reject) => {
  const heard = [];
  const socket = new WebSocket(address);
  let quiet;
  setTimeout(() => reject(new Error("never heard " + awaited + " in " + heard.join())), 60_000);
  const wait = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => { socket.close(); resolve(heard); }, quietMs);
  };
  socket.onerror = () => reject(new Error("the socket was refused"));
  socket.onmessage = ({ data }) => {
    if (data === "2") return socket.send("3");
    if (data.startsWith("0")) return socket.send("40/_event,");
    if (data.startsWith("40")) {
      for (const event of events) socket.send("42/_event," + JSON.stringify(["event", event]));
      return;
    }
    heard.push(data);
    if (heard.some((each) => each.includes(awaited))) wait();
  };
})
"""
"""Engine.IO 4 and Socket.IO 5, as far as one needs them: open, join the namespace, send, listen until it is quiet."""


def send_events(
    page: Page, path: str, events: list[tuple[str, dict[str, Any]]], awaited: str, quiet_ms: int = 2000
) -> str:
    """Send `(name, payload)` pairs as if from `path`, with the cookies of `page`. Returns all that came back, until it
    was quiet after what is `awaited`."""
    origin = page.evaluate("location.origin")
    address = f"{origin.replace('http', 'ws', 1)}/_event/?token={uuid4()}&EIO=4&transport=websocket"
    router = {"pathname": path, "asPath": path, "query": {}}
    sent = [{"name": name, "payload": payload, "router_data": router} for name, payload in events]
    return "\n".join(page.evaluate(CONVERSATION, [address, sent, awaited, quiet_ms]))


def handshake(base_url: str, origin: str) -> int:
    """The status the store answers when a page of `origin` wants to open its socket; 101 opens it (RFC 6455)."""
    connection = HTTPConnection(urlsplit(base_url).netloc, timeout=10)
    headers = {
        "Origin": origin,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": b64encode(token_bytes(16)).decode(),
    }
    try:
        connection.request("GET", f"/_event/?token={uuid4()}&EIO=4&transport=websocket", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
