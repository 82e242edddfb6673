"""The paragraphs of an invented report, for tests of cleaning that need a body."""

PROSE = [
    "The council of Eastbrook voted on Tuesday to close the old bridge for two years while engineers replace its deck.",
    "Traffic will be led through the harbour district, where residents have long complained about noise and dust.",
    '"We know what this means for families who live there," said Marta Hollis, who chairs the transport committee.',
    "The work will cost 14 million crowns, most of it paid by the county, according to documents seen on Monday.",
    "Shopkeepers on the west bank said they had not been told of the plan before it was put to a vote this week.",
    "A first attempt to repair the bridge was given up nine years ago after the contractor went out of business.",
]
