"""The service's log: a JSON object a line on standard error, each with the id of the request it is about."""

import logging
import logging.config

from kamerbrief.models.calls import current


class _WithRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        call = current()
        record.requestId = call.id if call else None
        return True


def configure(level: str = "INFO") -> None:
    """Sends the log of this process there. Uvicorn's access log is left out: it would tell what was asked."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request": {"()": _WithRequest}},
            "formatters": {
                "json": {
                    "()": "pythonjsonlogger.json.JsonFormatter",
                    "fmt": "%(levelname)s %(name)s %(message)s %(requestId)s",
                    "timestamp": "time",
                    "rename_fields": {"levelname": "level", "name": "logger"},
                    "json_ensure_ascii": False,
                }
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request"]},
            },
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {"kamerbrief": {"level": level}, "uvicorn": {"level": "INFO"}},
        }
    )
