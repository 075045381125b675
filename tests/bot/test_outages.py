"""What bot/outages.py uses of discord.py without a promise that it stays.

discord.py has no public way to answer an interaction again after a connection that was cut. Where a
new version breaks one of these, read bot/outages.py beside its discord/webhook/async_.py.
"""

from __future__ import annotations

import inspect
from contextvars import ContextVar, copy_context

import discord
from discord import interactions
from discord.http import Route
from discord.webhook import async_

from bot.outages import be_patient

CHANGED = "discord.py changed what bot/outages.py stands on: "


def test_whoever_answers_interactions_asks_the_context_for_the_way() -> None:
    assert isinstance(async_.async_context, ContextVar), CHANGED + "async_context"
    for answering in (
        interactions.InteractionResponse.defer,
        interactions.InteractionResponse.send_message,
        interactions.InteractionResponse.edit_message,
        interactions.Interaction.edit_original_response,
        interactions.Interaction.delete_original_response,
        discord.Webhook.send,
    ):
        source = inspect.getsource(answering)
        assert "async_context.get()" in source, CHANGED + answering.__qualname__


def test_all_requests_go_through_one_method_with_route_and_session() -> None:
    taken = list(inspect.signature(async_.AsyncWebhookAdapter.request).parameters)
    assert taken[:3] == ["self", "route", "session"], CHANGED + "the parameters of request"
    source = inspect.getsource(async_.AsyncWebhookAdapter.request)
    assert "session.request(" in source, CHANGED + "how request asks its session"
    for answering in ("create_interaction_response", "edit_original_interaction_response"):
        method = getattr(async_.AsyncWebhookAdapter, answering)
        assert "self.request(" in inspect.getsource(method), CHANGED + answering


def test_a_route_tells_its_path_and_whose_answer_it_is() -> None:
    route = Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=5,
        webhook_token="t",
    )
    assert route.path.startswith("/interactions/"), CHANGED + "Route.path"
    assert (route.method, route.webhook_id) == ("POST", 5), CHANGED + "Route"


def test_the_patient_way_is_the_one_of_this_context_alone() -> None:
    usual = async_.async_context.get()
    context = copy_context()
    context.run(be_patient)
    assert async_.async_context.get() is usual
    patient = context[async_.async_context]
    assert isinstance(patient, async_.AsyncWebhookAdapter)
    assert patient is not usual
