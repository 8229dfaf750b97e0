"""Calls on D-Bus, through jeepney.

A library instead of `busctl` or `gdbus`, as three child processes every half minute would take more than a thousandth
of a core. jeepney is pure Python, without dependencies.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Literal

ANSWER_S = 0.5
"""How long a service may take to answer."""

RETRY_S = 300.0
"""Seconds without calls after a bus or a service did not answer in time."""


class Bus:
    """The session bus or the system bus, connected on demand. No method raises."""

    def __init__(self, kind: Literal["SESSION", "SYSTEM"], clock: Callable[[], float] = time.monotonic) -> None:
        self._kind = kind
        self._clock = clock
        self._connection: Any = None
        self._retry_s = float("-inf")

    def call(
        self, name: str, path: str, interface: str, method: str, signature: str = "", *arguments: object
    ) -> Any | None:
        """Return the first value of the reply of the service `name`; None without a reply. Starts no service."""
        if self._clock() < self._retry_s:
            return None
        try:
            from jeepney import DBusAddress, HeaderFields, MessageFlag, MessageType, new_method_call

            message = new_method_call(DBusAddress(path, name, interface), method, signature or None, arguments)
            message.header.flags |= MessageFlag.no_auto_start
            reply = self._connected().send_and_get_reply(message, timeout=ANSWER_S)
            answered = reply.header.message_type is MessageType.method_return
            return reply.body[0] if answered and HeaderFields.signature in reply.header.fields else None
        except TimeoutError:
            self._retry_s = self._clock() + RETRY_S
        except Exception:  # no bus, no jeepney, a bus that has ended, or a message that cannot be parsed
            pass
        self.close()
        return None

    def properties(self, name: str, path: str, interface: str) -> Mapping[str, Any]:
        """Return the properties of an object; empty if there is no answer."""
        answer = self.call(name, path, "org.freedesktop.DBus.Properties", "GetAll", "s", interface)
        return {key: value for key, (_, value) in answer.items()} if isinstance(answer, dict) else {}

    def close(self) -> None:
        """Close the connection; the next call opens another one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _connected(self) -> Any:
        """Return the connection. Without a bus it raises the exceptions of jeepney."""
        if self._connection is None:
            from jeepney.io.blocking import open_dbus_connection

            self._connection = open_dbus_connection(self._kind, auth_timeout=ANSWER_S)
        return self._connection
