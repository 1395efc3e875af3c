"""What stands on the shelf more than once: copies, mirrors, quoted parts and translations.

Computed when a generation is published, kept with it, and only read by those who ask. Whatever
differs in a figure, a date, a place, a denial or a name is no copy but another rule.
"""
