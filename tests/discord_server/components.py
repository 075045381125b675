"""Discord's rules for buttons, selects, the second version of components, and modals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tests.discord_server.errors import FieldError, Json
from tests.discord_server.model import walk_component
from tests.discord_server.text import length, too_long, wrong_length

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
OTHER_SELECTS = (5, 6, 7, 8)
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 18, 19, 21, 22, 23

SELECTS = (STRING_SELECT, *OTHER_SELECTS)
TOP_VERSION_2 = (ACTION_ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR, CONTAINER)
IN_CONTAINER = (ACTION_ROW, TEXT_DISPLAY, SECTION, GALLERY, SEPARATOR, FILE)
IN_LABEL = (TEXT_INPUT, *SELECTS, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX)
IN_MODAL = (ACTION_ROW, LABEL, TEXT_DISPLAY)

VERSION_2_COMPONENTS = 40
VERSION_2_TEXT = 4000


def check_components(components: list[Json], *, version_2: bool) -> list[FieldError]:
    """Return what is refused in a message's components."""
    errors: list[FieldError] = []
    if version_2:
        whole = list(_walk(components))
        if len(whole) > VERSION_2_COMPONENTS:
            reason = f"The maximum number of components ({VERSION_2_COMPONENTS}) was exceeded"
            errors.append(FieldError("components", "BASE_TYPE_BAD_LENGTH", reason))
        shown = sum(length(one.get("content", "")) for one in whole if one["type"] == TEXT_DISPLAY)
        if shown > VERSION_2_TEXT:
            reason = f"Total displayed text exceeds {VERSION_2_TEXT} characters: {shown}"
            errors.append(FieldError("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE", reason))
    elif len(components) > 5:
        reason = "Must be between 1 and 5 in length."
        errors.append(FieldError("components", "BASE_TYPE_BAD_LENGTH", reason))
    permitted = TOP_VERSION_2 if version_2 else (ACTION_ROW,)
    errors += _check_children("components", components, permitted)
    errors += _check_unique_ids(components)
    return errors


def check_modal(modal: Json) -> list[FieldError]:
    """Return what is refused in a modal."""
    errors = wrong_length("title", modal.get("title"), 1, 45)
    errors += wrong_length("custom_id", modal.get("custom_id"), 1, 100)
    components = modal.get("components") or []
    if not 1 <= len(components) <= 5:
        reason = "Must be between 1 and 5 in length."
        errors.append(FieldError("components", "BASE_TYPE_BAD_LENGTH", reason))
    for place, component in enumerate(components):
        path = f"components.{place}"
        kind = component.get("type")
        if kind not in IN_MODAL:
            errors.append(_bad_type(path, IN_MODAL))
        elif kind == ACTION_ROW:
            inner = component.get("components") or []
            if len(inner) != 1 or inner[0].get("type") != TEXT_INPUT:
                errors.append(_bad_type(f"{path}.components", (TEXT_INPUT,)))
            else:
                where = f"{path}.components.0"
                errors += wrong_length(f"{where}.label", inner[0].get("label"), 1, 45)
                errors += _check_one(where, inner[0])
        elif kind == LABEL:
            errors += _check_label(path, component)
        else:
            errors += _check_one(path, component)
    return errors + _check_unique_ids(components)


def _check_label(path: str, label: Json) -> Iterator[FieldError]:
    yield from wrong_length(f"{path}.label", label.get("label"), 1, 45)
    yield from too_long(f"{path}.description", label.get("description"), 100)
    inner = label.get("component") or {}
    if inner.get("type") not in IN_LABEL:
        yield _bad_type(f"{path}.component", IN_LABEL)
        return
    if inner.get("label"):
        reason = "A label inside a label component is not allowed"
        yield FieldError(f"{path}.component.label", "COMPONENT_LABEL_FORBIDDEN", reason)
    yield from _check_one(f"{path}.component", inner)


def _check_children(
    path: str, components: list[Json], permitted: tuple[int, ...]
) -> Iterator[FieldError]:
    for place, component in enumerate(components):
        where = f"{path}.{place}"
        if component.get("type") not in permitted:
            yield _bad_type(where, permitted)
        else:
            yield from _check_one(where, component)


def _check_one(path: str, component: Json) -> Iterable[FieldError]:
    check = CHECKS.get(component["type"])
    return check(path, component) if check is not None else []


def _check_row(path: str, row: Json) -> Iterator[FieldError]:
    inner = row.get("components") or []
    yield from _check_amount(f"{path}.components", inner, 1, 5)
    if len(inner) > 1 and any(component.get("type") != BUTTON for component in inner):
        reason = "A select menu must be alone in its row"
        yield FieldError(f"{path}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", reason)
    yield from _check_children(f"{path}.components", inner, (BUTTON, *SELECTS))


def _check_button(path: str, button: Json) -> Iterator[FieldError]:
    style = button.get("style")
    yield from too_long(f"{path}.label", button.get("label"), 80)
    if style == 5:
        yield from wrong_length(f"{path}.url", button.get("url"), 1, 512)
        if button.get("custom_id"):
            reason = "A custom id and url cannot both be specified"
            yield FieldError(path, "COMPONENT_CUSTOM_ID_AND_URL", reason)
    elif style in (1, 2, 3, 4):
        yield from wrong_length(f"{path}.custom_id", button.get("custom_id"), 1, 100)
        if button.get("url"):
            reason = "A custom id and url cannot both be specified"
            yield FieldError(path, "COMPONENT_CUSTOM_ID_AND_URL", reason)
    elif style != 6:
        reason = "Value must be one of (1, 2, 3, 4, 5, 6)."
        yield FieldError(f"{path}.style", "BASE_TYPE_CHOICES", reason)
    if style != 6 and not button.get("label") and not button.get("emoji"):
        reason = "A button must have a label or an emoji"
        yield FieldError(path, "BUTTON_COMPONENT_NO_LABEL_OR_EMOJI", reason)


def _check_select(path: str, select: Json) -> Iterator[FieldError]:
    yield from wrong_length(f"{path}.custom_id", select.get("custom_id"), 1, 100)
    yield from too_long(f"{path}.placeholder", select.get("placeholder"), 150)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not 0 <= least <= 25 or not 1 <= most <= 25 or least > most:
        reason = f"min_values {least} and max_values {most} do not fit"
        yield FieldError(f"{path}.max_values", "BASE_TYPE_BAD_RANGE", reason)
    if select["type"] == STRING_SELECT:
        options = select.get("options") or []
        yield from _check_amount(f"{path}.options", options, 1, 25)
        if most > len(options):
            reason = "max_values is larger than the number of options"
            yield FieldError(f"{path}.max_values", "BASE_TYPE_BAD_RANGE", reason)
        yield from _check_options(path, select)


def _check_options(path: str, component: Json) -> Iterator[FieldError]:
    options = component.get("options") or []
    for place, option in enumerate(options):
        where = f"{path}.options.{place}"
        yield from wrong_length(f"{where}.label", option.get("label"), 1, 100)
        yield from wrong_length(f"{where}.value", option.get("value"), 1, 100)
        yield from too_long(f"{where}.description", option.get("description"), 100)
    values = Counter(option.get("value") for option in options)
    for value, amount in values.items():
        if amount > 1:
            reason = f"The specified option value {value!r} is already used"
            yield FieldError(f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", reason)


def _check_text_input(path: str, field: Json) -> Iterator[FieldError]:
    yield from wrong_length(f"{path}.custom_id", field.get("custom_id"), 1, 100)
    yield from too_long(f"{path}.placeholder", field.get("placeholder"), 100)
    yield from too_long(f"{path}.value", field.get("value"), 4000)
    least, most = field.get("min_length"), field.get("max_length")
    if least is not None and not 0 <= least <= 4000:
        yield FieldError(f"{path}.min_length", "NUMBER_TYPE_MAX", "Must be between 0 and 4000.")
    if most is not None and not 1 <= most <= 4000:
        yield FieldError(f"{path}.max_length", "NUMBER_TYPE_MAX", "Must be between 1 and 4000.")
    if least is not None and most is not None and least > most:
        reason = "min_length is larger than max_length"
        yield FieldError(f"{path}.min_length", "BASE_TYPE_BAD_RANGE", reason)
    value = field.get("value")
    if value and not (least or 0) <= length(value) <= (most or 4000):
        reason = "The preset value does not fit min_length and max_length"
        yield FieldError(f"{path}.value", "BASE_TYPE_BAD_LENGTH", reason)


def _check_section(path: str, section: Json) -> Iterator[FieldError]:
    inner = section.get("components") or []
    yield from _check_amount(f"{path}.components", inner, 1, 3)
    yield from _check_children(f"{path}.components", inner, (TEXT_DISPLAY,))
    accessory = section.get("accessory") or {}
    if accessory.get("type") not in (BUTTON, THUMBNAIL):
        yield _bad_type(f"{path}.accessory", (BUTTON, THUMBNAIL))
    else:
        yield from _check_one(f"{path}.accessory", accessory)


def _check_text_display(path: str, display: Json) -> list[FieldError]:
    return wrong_length(f"{path}.content", display.get("content"), 1, VERSION_2_TEXT)


def _check_container(path: str, container: Json) -> Iterator[FieldError]:
    return _check_children(f"{path}.components", container.get("components") or [], IN_CONTAINER)


def _check_gallery(path: str, gallery: Json) -> list[FieldError]:
    return _check_amount(f"{path}.items", gallery.get("items"), 1, 10)


def _check_group(path: str, group: Json) -> Iterator[FieldError]:
    least = 2 if group["type"] == RADIO_GROUP else 1
    yield from _check_custom_id(path, group)
    yield from _check_amount(f"{path}.options", group.get("options"), least, 10)
    yield from _check_options(path, group)


def _check_custom_id(path: str, component: Json) -> list[FieldError]:
    return wrong_length(f"{path}.custom_id", component.get("custom_id"), 1, 100)


def _check_amount(path: str, things: list[Json] | None, least: int, most: int) -> list[FieldError]:
    if least <= len(things or []) <= most:
        return []
    reason = f"Must be between {least} and {most} in length."
    return [FieldError(path, "BASE_TYPE_BAD_LENGTH", reason)]


def _check_unique_ids(components: list[Json]) -> list[FieldError]:
    errors = []
    custom_ids = Counter(one["custom_id"] for one in _walk(components) if one.get("custom_id"))
    for custom_id, amount in custom_ids.items():
        if amount > 1:
            reason = f"Component custom id cannot be duplicated: {custom_id}"
            errors.append(FieldError("components", "COMPONENT_CUSTOM_ID_DUPLICATED", reason))
    return errors


def _walk(components: list[Json]) -> Iterator[Json]:
    for component in components:
        yield from walk_component(component)


def _bad_type(path: str, permitted: tuple[int, ...]) -> FieldError:
    reason = f'Value of field "type" must be one of {permitted}.'
    return FieldError(f"{path}.type", "UNION_TYPE_CHOICES", reason)


CHECKS: dict[int, Callable[[str, Json], Iterable[FieldError]]] = {
    ACTION_ROW: _check_row,
    BUTTON: _check_button,
    **dict.fromkeys(SELECTS, _check_select),
    TEXT_INPUT: _check_text_input,
    TEXT_DISPLAY: _check_text_display,
    SECTION: _check_section,
    CONTAINER: _check_container,
    GALLERY: _check_gallery,
    RADIO_GROUP: _check_group,
    CHECKBOX_GROUP: _check_group,
    CHECKBOX: _check_custom_id,
    FILE_UPLOAD: _check_custom_id,
}
