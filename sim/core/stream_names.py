"""Every stream of luck with what it decides. A decision has its own stream, so no two share a draw."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

STREAMS: Final = MappingProxyType(
    {
        "compare sellers": "which residents compare sellers this month, in which category, and what they choose",
        "seller gone": "where residents go whose usual seller is gone",
        "supplier": "which local supplier a firm takes",
        "compare suppliers": "which firms compare a supplier, of what, with whom, and whether they go over",
        "outside demand": "each firm's monthly luck in sales outside the place",
        "tender": "who hears of a tender, what they ask, how good they are",
        "contract length": "for how long a contract is let",
        "opening frameworks": "which opening contracts are called off from frameworks",
        "contracts freed": "which contracts that end are freed from frameworks",
        "paid on other terms": "which contracts are paid on other terms than usual (the month is nought)",
        "leave job": "which residents leave their job",
        "laid off": "which workers an employer lays off",
        "job search": "which job seekers find an employer, and in which order",
        "firm ends": "which firms end of themselves, and which are sold outside",
        "founding": "which firms are founded, on what pattern and by whom",
        "employees take over": "which offered firms are taken over by their employees",
        "members vote to sell": "which co-operatives' members vote to sell, and which community firms are privatised",
        "first refusal": "which firms for sale are offered to the place first",
        "opening firms": "size, owner, commuters and age of opening firms",
        "opening residents": "age, neighbourhood, pay, hours and status of opening residents",
        "opening jobs": "in which order residents in work fill posts at the opening",
        "opening posts": "in which order posts are filled at the opening",
        "opening owners": "who owns an opening firm that has no resident worker",
        "opening homes": "tenure, rent, value and landlord at the opening",
        "opening savings": "liquid savings at the opening",
        "opening contracts": "values and ages of opening contracts (the month is the anchor's number, negative)",
        "opening habits": "usual sellers of residents at the opening",
        "community bank savers": "which residents bring their savings to a community bank (once and for all)",
        "community bank loans": "in which order firms are served that ask a community bank for a loan",
        "community bank borrowers": "which firms bring their loans over to a community bank (once and for all)",
        "building repairs": "which builder repairs a building that a trust is given",
        "trust works": "which builder works for a land trust this month",
        "premises": "which firms get the units that anchors and trusts let",
        "investment fund loans": "in which order firms are served that ask an investment fund for a loan",
        "bootstrap": "which pairs a bootstrap of a comparison draws",
        "explained orders": "in which orders an explanation brings in the members of a package of more than eight",
        "commuters leave anchors": "how many workers from next door leave, at anchors",
        "commuters leave firms": "how many workers from next door leave, at firms",
        "commuters laid off anchors": "how many workers from next door are laid off, at anchors",
        "commuters laid off firms": "how many workers from next door are laid off, at firms",
        "hire commuters anchors": "how many posts go to people from next door, at anchors",
        "hire commuters firms": "how many posts go to people from next door, at firms",
        "hire order anchors": "in which order employers hire, at anchors",
        "hire order firms": "in which order employers hire, at firms",
        "posts offered first": "how many vacancies an anchor first offers in deprived neighbourhoods",
        "staff trained": "how many of its staff an anchor trains this month",
    }
)
