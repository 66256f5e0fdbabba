"""The month told object by object: people, firms, anchors and contracts in lists, money in a dict, loops all the way.

Written from the meaning of each phase and independent of `sim.month`, of which nothing is imported here. It shares with the
package only the names of things (kinds, channels, statuses), the place's constants, the rules in force, and the uniform
draws of `Streams`. It is slow, and it is the yardstick: `test_phases.py` asks both for the same pence.
"""
