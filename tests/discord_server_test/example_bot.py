"""An unmodified discord.py client with a bit of everything, to test the double with."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from tests.discord_server import DiscordServer


class QuestionForm(discord.ui.Modal, title="Frage stellen"):
    """A modal with both kinds of text input."""

    question: discord.ui.TextInput[QuestionForm] = discord.ui.TextInput(
        label="Frage", custom_id="question", max_length=200
    )
    outlet: discord.ui.Label[QuestionForm] = discord.ui.Label(
        text="Medium",
        component=discord.ui.Select(
            custom_id="outlet",
            options=[discord.SelectOption(label="Zeitung", value="paper")],
            required=False,
        ),
    )
    note: discord.ui.Label[QuestionForm] = discord.ui.Label(
        text="Notiz", component=discord.ui.TextInput(custom_id="note", required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Tell what arrived."""
        assert isinstance(self.note.component, discord.ui.TextInput)
        assert isinstance(self.outlet.component, discord.ui.Select)
        text = f"{self.question.value}|{self.note.component.value}|{self.outlet.component.values}"
        await interaction.response.send_message(text)


class Buttons(discord.ui.View):
    """A persistent view."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Mehr", custom_id="more")
    async def more(
        self, interaction: discord.Interaction, button: discord.ui.Button[Buttons]
    ) -> None:
        """Change the message."""
        await interaction.response.edit_message(content="mehr", view=None)

    @discord.ui.button(label="Privat", custom_id="private")
    async def private(
        self, interaction: discord.Interaction, button: discord.ui.Button[Buttons]
    ) -> None:
        """Answer the person alone."""
        await interaction.response.send_message("nur du", ephemeral=True)

    @discord.ui.select(
        custom_id="kind",
        placeholder="Art",
        options=[discord.SelectOption(label="Zahl", value="number")],
    )
    async def kind(
        self, interaction: discord.Interaction, select: discord.ui.Select[Buttons]
    ) -> None:
        """Tell what was chosen."""
        await interaction.response.defer()
        await interaction.followup.send(f"gewählt: {select.values[0]}")


class ExampleBot(discord.Client):
    """Commands for every way of answering, and an ear for mentions."""

    def __init__(self, server: DiscordServer, *, intents: discord.Intents | None = None) -> None:
        self.server = server
        super().__init__(
            intents=intents or discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            connector=server.connector(),
            guild_ready_timeout=0.1,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.tree = app_commands.CommandTree(self)
        self.seen: list[discord.Message] = []
        self.errors: list[Exception] = []
        self.resumed = 0
        self.connects = 0
        add_commands(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait the five seconds between two logins: the double has no such limit."""

    async def setup_hook(self) -> None:
        """Register commands and the persistent view."""
        self.add_view(Buttons())
        await self.tree.sync()

    async def on_connect(self) -> None:
        """Count what READY sets off, which a replay from the start would do again."""
        self.connects += 1

    async def on_resumed(self) -> None:
        """Count."""
        self.resumed += 1

    async def on_message(self, message: discord.Message) -> None:
        """Answer mentions."""
        assert self.user is not None
        self.seen.append(message)
        if message.author.id != self.user.id and self.user in message.mentions:
            await message.reply(f"Echo: {message.content}")


def add_commands(bot: ExampleBot) -> None:
    """Register the commands at the bot's tree."""
    tree = bot.tree

    @tree.command(description="Fragen")
    @app_commands.describe(question="Die Frage", image="Ein Bild")
    async def ask(
        interaction: discord.Interaction[Any],
        question: str,
        image: discord.Attachment | None = None,
    ) -> None:
        await interaction.response.defer()
        size = len(await image.read()) if image is not None else 0
        await interaction.edit_original_response(content=f"{question} ({size})")

    @ask.autocomplete("question")
    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}!", value=current)]

    @tree.command(description="Formular")
    async def form(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(QuestionForm())

    @tree.command(description="Knöpfe")
    async def buttons(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("Knöpfe", view=Buttons())

    group = app_commands.Group(
        name="article",
        description="Artikel",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @group.command(description="Hinzufügen")
    async def add(interaction: discord.Interaction[Any], address: str) -> None:
        allowed = interaction.permissions.manage_guild
        await interaction.response.send_message(
            f"{address} {interaction.locale.value} {allowed}", ephemeral=True
        )

    tree.add_command(group)

    @tree.context_menu(name="Prüfen")
    async def check(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await interaction.response.send_message(f"geprüft: {message.content}")
