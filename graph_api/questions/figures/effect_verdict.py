"""What can be said of a number after an initiative went live: verdicts, what they rest on, and what is missing. Pure.

See initiative_effects for how they come about.
"""

from graph_api.model.values import Choice


class EffectVerdict(Choice):
    """Whether a number moved after an initiative went live, and how sure that is; weakest first."""

    NOT_MEASURABLE = "NOT_MEASURABLE", "Nobody can say: `missing` names what is unknown."
    NO_CHANGE = (
        "NO_CHANGE",
        "It did not move beyond what it is held against: the interval holds zero, and rules the change claimed out.",
    )
    CHANGED_ALONGSIDE = (
        "CHANGED_ALONGSIDE",
        (
            "It moved at the same time, and no more can be said: something else came or went then that could account "
            "for it as well, the initiative is still running, or there are too few points for a trend."
        ),
    )
    CHANGED_VS_TREND = "CHANGED_VS_TREND", "It moved off its own trend."
    CHANGED_VS_COMPARISON = (
        "CHANGED_VS_COMPARISON",
        "It moved for those who were reached more than for others, and both showed no sign of parting before.",
    )


class EffectMethod(Choice):
    """What a verdict rests on; strongest first."""

    COMPARISON = "COMPARISON", "Difference in differences: those reached against others."
    TREND = "TREND", "Segmented regression: the series against its own trend."
    MEANS = "MEANS", "The mean after against the mean before."


class EffectCourse(Choice):
    """Whether a change is for the better."""

    IMPROVED = "IMPROVED", "In the KPI's direction; of one to HOLD, nearer to its target or else its baseline."
    WORSENED = "WORSENED", "Against it; of one to HOLD, further off."


class EffectTerm(Choice):
    """What must be known before anybody can say whether an initiative's number moved."""

    KPI = "KPI", "A KPI that it, its proposition or its opportunity is to move."
    WENT_LIVE = "WENT_LIVE", "The day it went live, not after the day asked for."
    MEASUREMENTS = "MEASUREMENTS", "Measurements of the KPI of our own: for everybody, or for parts alike."
    SAME_COUNT = "SAME_COUNT", "A series that counts the same thing all along."
    POINTS_BEFORE = "POINTS_BEFORE", "Three measurements or more before, in the window."
    POINTS_AFTER = "POINTS_AFTER", "Three measurements or more after, in the window."
    SAMPLE_SIZE = "SAMPLE_SIZE", "Larger samples: with those left out there would be enough points."
    PRECISION = "PRECISION", "More points or steadier ones: the interval holds both zero and the change claimed."
    EXPECTED_CHANGE = (
        "EXPECTED_CHANGE",
        "By how much it was to move, other than by nothing: that it did not move is told by ruling a number out.",
    )
    DIRECTION = "DIRECTION", "Which way the KPI should go, or which value it should HOLD: whether a change is good."
    ALONGSIDE_DAYS = "ALONGSIDE_DAYS", "When others came or went that could account for the change as well."
