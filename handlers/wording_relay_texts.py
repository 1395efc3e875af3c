"""What people read about messages that are passed on, in English. See handlers.wording_texts."""

from collections.abc import Mapping
from typing import Final

from knowledge.errors import N_

# A message of staff that is held.
HELD_UNCLAIMED: Final = N_("⏸ Not sent: nobody has claimed this ticket yet.")
HELD_FOR_COLLEAGUE: Final = N_("⏸ Not sent: {staff} has this ticket.")
HELD_IN_NOTES_MODE: Final = N_("⏸ Not sent: this ticket is set to notes only.")
CLAIM_AND_SEND_BUTTON: Final = N_("Claim and send")
SEND_BUTTON: Final = N_("Send to the customer")
KEEP_NOTE_BUTTON: Final = N_("Keep as a note")
UNDO_BUTTON: Final = N_("Take back")
TAKEN_BACK: Final = N_("🙈 The reply was taken back.")
HELD_SENT: Final = N_("📨 On its way to the customer. 👍 on your message says that it arrived.")
HELD_KEPT: Final = N_("✍ Kept as a note. The customer does not see it.")

# What could not be done.
COMMAND_NOT_SENT: Final = N_(
    "Commands are never passed on to the customer. Here you can write /undo, as a reply to your "
    "own message or by itself for your last one: it takes the message back."
)
ALBUM_INCOMPLETE: Final = N_("Some parts of this album could not be passed on.")
REACTION_NOT_SHOWN: Final = N_("This reaction cannot be shown to the customer.")
CUSTOMER_REACTED: Final = N_("The customer reacted to your message: {sign}")
IN_REPLY_TO: Final = N_("↪️ In reply to: “{quoted}”")
NOT_COPIED: Final = N_(
    "The customer sent {kind}, which Telegram does not let a bot copy. They were asked to send "
    "it in another form."
)
NOT_COPIED_TO_CUSTOMER: Final = N_(
    "The customer did not get this: Telegram does not let a bot pass on {kind}. Please send it in "
    "another form."
)
RELAY_PROBLEMS: Final[Mapping[str, str]] = {
    "edit": N_(
        "The customer still sees the old text: the change could not be passed on. Please write a "
        "new message."
    ),
    "undo": N_(
        "The message could not be taken back: Telegram lets a bot delete only what is less than "
        "48 hours old. The customer still sees it."
    ),
    "album": N_("The customer did not get this album. Please send it again, part by part."),
}

POLL_IS_A_COPY: Final = N_(
    "ℹ️ This poll went over as a copy of its own: votes are not passed on, please ask in words."
)
PLACE_STANDS_STILL: Final = N_(
    "ℹ️ This live position was passed on once; it does not move on the other side."
)

# What a customer reads.
NOT_PASSED_ON: Final = N_(
    "Our colleagues cannot see {kind}: Telegram does not let us pass it on. Please send it as "
    "text, as a picture or as a file."
)
ALBUM_PARTS_LOST: Final = N_(
    "Some of the pictures or files that you sent together could not be passed on to our "
    "colleagues. Please send those again that matter."
)

KINDS: Final[Mapping[str, str]] = {
    "poll": N_("a poll"),
    "story": N_("a story"),
    "game": N_("a game"),
    "checklist": N_("a checklist"),
    "paid_media": N_("paid media"),
    "invoice": N_("an invoice"),
    "giveaway": N_("a giveaway"),
    "giveaway_winners": N_("a giveaway"),
    "photo": N_("a picture"),
    "video": N_("a video"),
    "animation": N_("an animation"),
    "voice": N_("a voice message"),
    "audio": N_("an audio file"),
    "video_note": N_("a video message"),
    "document": N_("a file"),
    "sticker": N_("a sticker"),
    "location": N_("a location"),
    "venue": N_("a place"),
    "contact": N_("a contact"),
    "dice": N_("an animated emoji"),
    "text": N_("a text"),
}
OTHER_KIND: Final = N_("this kind of message")
