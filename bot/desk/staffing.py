"""Who is among the staff at present, and what becomes of the cases of those who leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk.casework import Also, finish
from bot.desk.claims import Claims
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.roster import Member, Right
from bot.desk.ticket import EntryKind, Staff, Ticket
from knowledge.passage import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Every method is one transaction."""

    units: UnitOfWorkFactory
    claims: Claims

    def known(self, door: str, identity: str) -> Member | None:
        """A member, if they were ever seen."""
        with self.units() as unit:
            return unit.roster.find(door, identity)

    def welcome(self, member: Member) -> Member:
        """Write down that somebody is there; what they may do stays as it was.

        What was ``checked`` before they left does not bring them back. Returns what holds now.
        """
        with self.units() as unit:
            before = unit.roster.find(member.door, member.identity)
            if before is not None:
                member = replace(
                    member,
                    rights=before.rights,
                    audiences=before.audiences,
                    seen=member.seen or before.seen,
                    checked=max(filter(None, (member.checked, before.checked)), default=None),
                    present=member.present and not _left_since(before, member),
                )
            unit.roster.keep(member)
            unit.commit()
            return member

    def dismiss(self, member: Member, *, also: Also = None) -> Sequence[Ticket]:
        """Somebody is not there any more: they may do nothing, and what they had waits again.

        Returns the tickets that wait again. Whoever comes back has the rights they had.
        """
        with self.units() as unit:
            before = unit.roster.find(member.door, member.identity) or member
            unit.roster.keep(replace(before, present=False, checked=member.checked))
            left = [
                self._release(unit, ticket.id, member)
                for ticket in unit.tickets.listed(open_only=True)
                if ticket.claimed_by == member.identity
                and unit.conversations.get(ticket.conversation).address.door == member.door
            ]
            finish(unit, also)
            return left

    def permit(
        self, door: str, identity: str, *, rights: frozenset[Right], audiences: frozenset[Audience]
    ) -> Member:
        """Say what somebody may do, and for whose cases; they need not have been seen before."""
        with self.units() as unit:
            known = unit.roster.find(door, identity)
            member = known or Member(door=door, identity=identity, name=identity)
            member = replace(member, rights=rights, audiences=audiences)
            unit.roster.keep(member)
            unit.commit()
            return member

    def colleagues(self, ticket: Ticket, staff: Staff) -> Sequence[Member]:
        """To whom somebody can give a ticket: all others who may claim it and do not have it.

        Whom nobody has met yet has rights at most, but nobody knows whether they are there.
        """
        with self.units() as unit:
            conversation = unit.conversations.get(ticket.conversation)
            audience = conversation.customer.audience
            return [
                one
                for one in unit.roster.members(conversation.address.door)
                if one.identity not in {ticket.claimed_by, staff.identity}
                and one.was_met
                and one.may(Right.CLAIM, audience)
            ]

    def _release(self, unit: UnitOfWork, ticket: int, member: Member) -> Ticket:
        staff = Staff(identity=member.identity, name=member.name)
        entry = self.claims.entry(EntryKind.RELEASED, staff, text=member.name)
        self.claims.record(unit, ticket, entry)
        return unit.tickets.get(ticket)


def _left_since(before: Member, member: Member) -> bool:
    """Whether somebody was seen to be gone after it was checked that they are there."""
    if before.present or before.checked is None or member.checked is None:
        return False
    return before.checked > member.checked
