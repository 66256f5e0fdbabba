"""Hiring: vacancies meet job seekers of the place and people from next door."""

from __future__ import annotations

import numpy as np

from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.town import Town
from sim.month.labour.employers import Employers, employer_draws, write_counts
from sim.month.labour.offers import offers_this_month
from sim.month.labour.recruitment import offered_first


def hire(town: Town, employers: Employers) -> None:
    """Vacancies go to people from next door in their share and to job seekers of the place in the order drawn."""
    residents, structure = town.residents, town.structure
    vacancies = np.maximum(np.floor(employers.desired - employers.workers - employers.commuters + 0.5), 0.0)
    share = np.full(len(vacancies), structure.commuter_share)
    share[-1] = 0.0
    to_commuters = np.floor(vacancies * share + employer_draws(town, "hire commuters")).astype(np.int64)
    to_commuters = np.minimum(to_commuters, vacancies.astype(np.int64))
    open_posts = vacancies.astype(np.int64) - to_commuters
    # Firms founded by policy hire last, so that their coming leaves the other matches as they were.
    last = np.concatenate([np.zeros(len(town.anchors)), town.firms["founded_by_policy"], [0.0]])
    order = np.argsort(employer_draws(town, "hire order") + last, kind="stable")
    posts = np.repeat(order, open_posts[order])
    seeking = np.flatnonzero(residents["status"] == UNEMPLOYED)
    draws = town.streams.uniform("job search", town.month, residents.slots[seeking], width=2)
    found = draws[:, 0] < town.rules.parameters["work.search_success"]
    seeking, draws = seeking[found], draws[found]
    seeking = seeking[np.argsort(draws[:, 1], kind="stable")]
    posts, hired = offered_first(town, posts, open_posts, seeking)
    residents["employer"][hired] = employers.account[posts]
    offer = np.full(len(vacancies), offers_this_month(town))
    offer[-1] = 1.0
    pay = employers.pay[posts] * offer[posts] * residents["talent"][hired] * residents["hours"][hired] / structure.mean_hours
    residents["status"][hired] = EMPLOYED
    residents["wage"][hired] = np.rint(pay).astype(np.int64)
    residents["months_without_work"][hired] = 0
    taken = np.bincount(posts, minlength=len(vacancies))
    write_counts(town, employers.workers + taken, employers.commuters + to_commuters)
    town.notes.hires += len(hired)
    town.notes.vacancies += int(open_posts.sum()) - len(hired)
