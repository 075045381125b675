"""Which function does which command."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bot.cli.add import add, remove
from bot.cli.archive import list_articles, status
from bot.cli.audit import audit
from bot.cli.backup import backup, bring_back
from bot.cli.digest import digest
from bot.cli.doctor import doctor
from bot.cli.feeds import feed
from bot.cli.learn import train
from bot.cli.measure import evaluate
from bot.cli.parts import Parts
from bot.cli.permit import permit
from bot.cli.purge import purge
from bot.cli.questions import ask, chat, search
from bot.cli.reindex import reindex
from bot.cli.service import run
from bot.cli.show import show
from bot.cli.timeline import timeline
from bot.demo import demo

COMMANDS: dict[str, Callable[[Parts, argparse.Namespace], int]] = {
    "add": add,
    "ask": ask,
    "timeline": timeline,
    "digest": digest,
    "search": search,
    "list": list_articles,
    "show": show,
    "remove": remove,
    "purge": purge,
    "chat": chat,
    "run": run,
    "status": status,
    "doctor": doctor,
    "feed": feed,
    "audit": audit,
    "backup": backup,
    "restore": bring_back,
    "reindex": reindex,
    "permit": permit,
    "evaluate": evaluate,
    "train": train,
    "demo": demo,
}
