"""The kinds of relations of the program, and how the labels of each corpus map to them.

A corpus that does not annotate a kind leaves it open: its unmarked pairs may be of that kind or of none
(`…_COVERED` names what it does annotate). Where a label may be any of several kinds, all are allowed.
"""

KINDS = [
    "leads", "member_of", "part_of", "located_in", "born_in", "died_in", "deployed_to", "fought_in",
    "fights", "allied_with", "supports", "supplies", "killed", "captured", "met_with", "contacted",
    "family_of", "associate_of", "accuses", "sentenced",
]
LABELS = ["none"] + KINDS
SYMMETRIC = {"fights", "allied_with", "met_with", "contacted", "family_of", "associate_of"}
MENTIONS = ["person", "organization", "place", "group", "other"]
"""Units are organizations here: the corpora do not tell them apart."""

WORLDWIDE = {
    "Person": "person", "Organization": "organization", "Location": "place", "Facility": "place",
    "NORP": "group",
}
CONLL04_MENTIONS = {"Peop": "person", "Org": "organization", "Loc": "place", "Other": "other"}
CONLL04 = {
    "Live_In": ("located_in", "born_in", "leads"),
    "OrgBased_In": ("located_in",),
    "Located_In": ("located_in", "part_of"),
    "Work_For": ("member_of", "leads"),
    "Kill": ("killed",),
}
CONLL04_COVERED = {"located_in", "born_in", "member_of", "leads", "killed", "part_of"}
REDOCRED_MENTIONS = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}
REDOCRED = {
    "P131": ("located_in", "part_of"), "P17": ("located_in", "part_of"), "P361": ("part_of",),
    "P463": ("member_of",), "P102": ("member_of",), "P54": ("member_of",), "P108": ("member_of", "leads"),
    "P241": ("member_of",), "P19": ("born_in",), "P20": ("died_in",), "P551": ("located_in",),
    "P937": ("located_in",), "P159": ("located_in",), "P276": ("located_in",), "P706": ("located_in",),
    "P749": ("part_of",), "P22": ("family_of",), "P25": ("family_of",), "P26": ("family_of",),
    "P40": ("family_of",), "P3373": ("family_of",), "P1038": ("family_of",),
}
REDOCRED_REVERSED = {
    "P150": ("located_in", "part_of"), "P527": ("part_of",), "P6": ("leads",), "P35": ("leads",),
    "P488": ("leads",), "P169": ("leads",), "P355": ("part_of",), "P194": ("part_of",),
}
REDOCRED_COVERED = {
    "leads", "member_of", "part_of", "located_in", "born_in", "died_in", "family_of",
}
FEWREL = {
    "P26": ("family_of", "person", "person"), "P25": ("family_of", "person", "person"),
    "P40": ("family_of", "person", "person"), "P463": ("member_of", "organization", "organization"),
    "P54": ("member_of", "person", "organization"), "P108": ("member_of", "person", "organization"),
    "P749": ("part_of", "organization", "organization"),
}

PERSON, ORGANIZATION, PLACE = (MENTIONS.index(k) for k in ("person", "organization", "place"))


def mapped(kind, head, tail):
    """CoNLL04's label of a relation of ours, from the kinds of its ends (indices into MENTIONS)."""
    if kind in ("located_in", "born_in", "leads") and (head, tail) == (PERSON, PLACE):
        return "Live_In"
    if kind == "located_in" and (head, tail) == (ORGANIZATION, PLACE):
        return "OrgBased_In"
    if kind in ("located_in", "part_of") and (head, tail) == (PLACE, PLACE):
        return "Located_In"
    if kind in ("member_of", "leads") and (head, tail) == (PERSON, ORGANIZATION):
        return "Work_For"
    if kind == "killed" and (head, tail) == (PERSON, PERSON):
        return "Kill"
    return None
