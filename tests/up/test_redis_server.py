"""The tests' own Redis: no process may outlive them."""

from pathlib import Path

import pytest
import redis
from redis_server import running_redis


def test_it_ends_though_others_are_connected(tmp_path: Path) -> None:
    with running_redis(tmp_path) as socket:
        other = redis.Redis(unix_socket_path=socket)
        assert other.ping()
    with pytest.raises(redis.ConnectionError):
        other.ping()
    other.close()
