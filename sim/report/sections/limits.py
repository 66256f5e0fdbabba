"""What this model can't tell you, in plain words, each with where it is known from."""

from __future__ import annotations

from typing import Final

from sim.report.findings.view import View
from sim.report.markup import element, join
from sim.report.section import Section
from sim.settings.scenarios.tax_years import tax_note

__all__ = ["limits_section"]

#: What can't be told, and why, with the source.
LIMITS: Final = (
    (
        "It is no forecast.",
        "It shows what would follow from the rules and figures above in a model of one place. It compares; it does not predict "
        "the level of anything in any year.",
    ),
    (
        "The intervals hold luck alone.",
        "They say how far the answer might move with other luck. They say nothing about wrong assumptions: another value within the ranges "
        "given can move an answer by more than its interval. Change a parameter in the scenario file and run again to see.",
    ),
    (
        "Whether buying local makes a place grow is not known.",
        "A review found no robust evaluation showing that local procurement raises local growth, and likely costs: higher prices, less "
        "competition, no clear meaning of local, no way to scale it up (What Works Growth, 2018). Published rises in local share had no "
        "area to compare with.",
    ),
    (
        "Money moved is not money made.",
        "Moving contracts brings no new money into the country: what is won here is at first lost next door or further away. The section "
        "“If everyone does it” shows the sum over here and elsewhere, and a scenario may have other places adopt the same policies. "
        "Measured multipliers of 1.5 to 1.8 are for new money from outside (Nakamura and Steinsson 2014; Chodorow-Reich 2019). "
        "That they do not hold for moved money is our inference.",
    ),
    (
        "Multipliers run high.",
        "Multipliers from input-output tables have no prices, no limits of capacity and no displacement, and tend to overstate extra "
        "local jobs "
        "(What Works Growth). The model adds capacity and prices, but its neighbours and the rest of the country are accounts, not "
        "places with people: where they adopt the same policies, they are taken to be like this place.",
    ),
    (
        "Read jobs as an upper bound.",
        "Pay does not rise when workers are scarce, people from next door take their share of the posts (half of them in Preston, an "
        "assumption) without limit, and nothing else is crowded out while firms have room.",
    ),
    (
        "New firms start cheaply.",
        "Firms founded by chance take over the premises and equipment of firms that ended without paying a price.",
    ),
    (
        "What the government gains over all is not known.",
        "Only the taxes of this place are counted. Tax on the same work done by suppliers outside it is not seen.",
    ),
    (
        "That co-operatives survive longer because of who owns them is not known.",
        "Trade bodies report that four in five new co-operatives are there after five years against two in five companies, but "
        "co-operatives are few, chosen and often helped, so it is no pure effect of ownership. Here it is a slider from none, the "
        "default, to the reported gap (firms.cooperative_survival). That they share hours before "
        "they lay off is no slider: members compare the two.",
    ),
    (
        "Some of its assumptions can't be changed in a scenario file.",
        "Constants of behaviour that are fixed in code are not in the list of figures of this report; docs/model.md lists them.",
    ),
    (
        "The often quoted £1.76 against £0.36 is not like with like.",
        "The first counts the pound itself, the second does not. Like for like it is 1.76 against 1.36, or 0.76 against 0.36. The LM3 "
        "here counts the first pound in all arms.",
    ),
    (
        "The price of buying local in the United Kingdom has not been measured.",
        "In Californian road auctions a 5% preference for small firms raised costs by 3.8% (Marion 2007), Manchester reported savings "
        "beside a rising local share. The premium here is an assumption of the policy.",
    ),
    (
        "How long UK contracts run, and how many bid for them, was not found.",
        "The contract lengths used are in the list of figures with their marks; they set how fast anything can change.",
    ),
    (
        "Whether a policy is lawful is not checked.",
        "Since 4 February 2026 English councils may reserve competitions below the threshold for suppliers of the place or the "
        "country; before, the law forbade it. Published shares rose through smaller lots and social value, not through formal "
        "preference (Wales Centre for Public Policy).",
    ),
    (
        "Much of what matters is left out.",
        "Health, wellbeing, the quality of services, carbon, migration and politics are not in the model. "
        "Everyone is an adult on their own: there are no households with children.",
    ),
)
INVENTED: Final = (
    "The place is invented.",
    "No figure of this report may be quoted for a real town.",
)


def limits_section(view: View) -> Section:
    """The section on limits."""
    limits = [INVENTED, *LIMITS] if view.result.manifest["place"]["invented"] else list(LIMITS)
    notes = dict.fromkeys(filter(None, (tax_note(view.result.scenarios[arm]) for arm in view.result.arms)))
    limits += [("Taxes are of another year than prices.", note) for note in notes]
    items = [element("li", element("strong", head), " ", words) for head, words in limits]
    return Section("limits", "What this model can't tell you", join([element("ul", *items, class_="spaced")]))
