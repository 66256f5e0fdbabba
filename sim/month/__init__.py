"""The month: one phase a file; what the phases do stands in folders by subject.

In the model's order (`sim.economy.Economy.advance`): `public_money`, `support`, `procurement`, `production`, `work`, `spending`,
`land`, `homes`, `credit`, `community_finance`, `surplus`, `turnover`.
"""
