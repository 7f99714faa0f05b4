"""The pure core: what an activity is, and what a learner's choices lead to. No I/O, no framework."""
