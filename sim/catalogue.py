"""Everything that can be named in a scenario or a result: importing this module fills the registries.

A new measure is one file and one line here; a new policy or shock has its line in `sim.levers`.
"""

import sim.levers
import sim.measures.business
import sim.measures.circulation
import sim.measures.contracting
import sim.measures.cost
import sim.measures.land
import sim.measures.leakage
import sim.measures.money
import sim.measures.multiplier
import sim.measures.neighbours
import sim.measures.ownership
import sim.measures.places
import sim.measures.precarity
import sim.measures.retention
import sim.measures.wealth
import sim.measures.work  # noqa: F401
