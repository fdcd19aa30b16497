"""Free ports on the loopback. Never takes one: between the look and the use another program may."""

import socket


def free_port(host: str, wanted: int) -> int:
    """`wanted` if nobody has it, else one that the system names."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise OSError(f"no free port on {host}")
