"""What the worker does beside loading: it sends the mail that is due, and forgets what need not be kept."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta

from model.errors import PortalError
from participation.follows import forget_unconfirmed
from portal.mail import deliver
from portal.portal import Portal
from portal.usecases.own_datasets import forget_old
from store import limits, outbox, people

PAUSE_SECONDS = 5.0
TIDY_EVERY = timedelta(hours=1)
LOG = logging.getLogger(__name__)


def keep_posting(portal: Portal) -> None:
    """Send mail and tidy up for as long as the process lives; a store that is down is tried again."""
    tidied = datetime.min.replace(tzinfo=UTC)
    while True:
        now = datetime.now(UTC)
        try:
            deliver(portal, now)
            if now - tidied > TIDY_EVERY:
                tidy(portal, now)
                tidied = now
        except PortalError as error:
            LOG.warning("housekeeping: %s", error.code)
        time.sleep(PAUSE_SECONDS)


def tidy(portal: Portal, now: datetime) -> None:
    """Forget limits that are over and their salts, old sessions, mail that nobody takes, follows that nobody confirmed.

    Raises StoreDown.
    """
    limits.clear(portal.store, now)
    people.clear_sessions(portal.store, now - timedelta(hours=portal.settings.session_hours))
    outbox.clear(portal.store, now)
    forget_unconfirmed(portal.store, now)
    forget_old(portal, now)
