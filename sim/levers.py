"""Every policy and every shock: importing this module fills their registries, without the measures.

A new one is one file and one line here.
"""

import sim.policies.alternative.austerity
import sim.policies.alternative.business_rates_cut
import sim.policies.alternative.demutualisation
import sim.policies.alternative.inward_investment
import sim.policies.alternative.outsourcing
import sim.policies.alternative.right_to_buy
import sim.policies.employment.living_wage_accreditation
import sim.policies.employment.living_wage_anchors
import sim.policies.employment.living_wage_contracts
import sim.policies.employment.progression
import sim.policies.employment.secure_hours
import sim.policies.employment.targeted_recruitment
import sim.policies.land.below_market_leases
import sim.policies.land.community_asset_transfer
import sim.policies.land.community_land_trust
import sim.policies.land.meanwhile_use
import sim.policies.land.social_housing
import sim.policies.money.community_bank
import sim.policies.money.credit_union
import sim.policies.money.local_currency
import sim.policies.money.local_reserves
import sim.policies.money.pension_investment
import sim.policies.ownership.community_enterprise
import sim.policies.ownership.cooperative_development
import sim.policies.ownership.employee_buyout
import sim.policies.ownership.insourcing
import sim.policies.ownership.marcora_buyout
import sim.policies.ownership.municipal_cooperative
import sim.policies.ownership.right_of_first_refusal
import sim.policies.ownership.solidarity_fund
import sim.policies.procurement.contract_length
import sim.policies.procurement.influenceable_spend
import sim.policies.procurement.local_spend_target
import sim.policies.procurement.lots
import sim.policies.procurement.outreach
import sim.policies.procurement.prompt_payment
import sim.policies.procurement.reserved_competitions
import sim.policies.procurement.social_value_weight
import sim.policies.procurement.supplier_development
import sim.policies.shocks.anchor_leaves
import sim.policies.shocks.bank_retreat
import sim.policies.shocks.branch_closes
import sim.policies.shocks.budget_cut
import sim.policies.shocks.energy_prices
import sim.policies.shocks.export_recession
import sim.policies.shocks.pandemic  # noqa: F401
