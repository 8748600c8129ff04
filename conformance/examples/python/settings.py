"""The `config` of endpoint.md: keys, defaults and legal ranges."""

from packets import LARGEST_PAYLOAD

_MEBIBYTE, _MILLISECOND, _SECOND = 1 << 20, 1_000_000, 1_000_000_000
_LONGEST = 3600 * _SECOND
_LARGEST_BUFFER = 1 << 30

# key: (attribute, default, highest); the lowest is 1 for all of them
_KEYS = {
    "sendBuffer": ("send_buffer", _MEBIBYTE, _LARGEST_BUFFER),
    "receiveBuffer": ("receive_buffer", _MEBIBYTE, _LARGEST_BUFFER),
    "channelBudget": ("channel_budget", _MEBIBYTE, _LARGEST_BUFFER),
    "queueThreshold": ("queue_threshold", 2 * _MEBIBYTE, _LARGEST_BUFFER),
    "maxPayload": ("max_payload", LARGEST_PAYLOAD, LARGEST_PAYLOAD),
    "holTimerNanos": ("hol_timer", _MILLISECOND, _LONGEST),
    "ackDelayNanos": ("ack_delay", _MILLISECOND, _LONGEST),
    "connectTimeoutNanos": ("connect_timeout", 5 * _SECOND, _LONGEST),
    "socketLimit": ("socket_limit", 1 << 20, 1 << 20),
}


class Settings:
    """One host's sizes in bytes and times in nanoseconds."""

    def __init__(self, config: dict):
        """Raises ValueError, which names the setting, the value and the legal range."""
        for key in config:
            if key not in _KEYS:
                raise ValueError(f"{key}: no such setting; there are {', '.join(_KEYS)}")
        for key, (attribute, default, highest) in _KEYS.items():
            value = config.get(key, default)
            if type(value) is not int or not 1 <= value <= highest:
                raise ValueError(f"{key}: {value!r} is not a whole number from 1 to {highest}")
            setattr(self, attribute, value)
