"""The part of statements that reads a whole journey in its order, for all questions about journeys alike.

`{{journey_row}}` reads a variable `journey`: [number, id, key, state, stages]. A stage is [number, id, key, duration,
waiting, its own touchpoints, steps], a step [number, id, key, emotion, duration, waiting, touchpoints], a touchpoint
[number, id, key, control, who runs it as [id, kind, key] or null, channels as [id, key, share]]. Lists are in the order
of their positions, equal and unknown ones by key; channels by their share, the largest first, and key. See
questions/journeys/journey.py for what becomes of them.
"""

_TOUCHPOINT = (
    "[id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, "
    "head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) "
    "RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), "
    "COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) "
    "RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }]"
)


def _touchpoints(of: str) -> str:
    return (
        f"COLLECT {{ MATCH ({of})-[met:HAS_TOUCHPOINT]->(touchpoint) "
        f"RETURN {_TOUCHPOINT} ORDER BY met.position, touchpoint.key }}"
    )


def placeholders() -> dict[str, str]:
    """Return what the placeholder of the statements about journeys stands for."""
    step = f"[id(step), step.id, step.key, step.emotion, step.duration, step.waiting, {_touchpoints('step')}]"
    steps = f"COLLECT {{ MATCH (stage)-[taken:HAS_STEP]->(step) RETURN {step} ORDER BY taken.position, step.key }}"
    stage = f"[id(stage), stage.id, stage.key, stage.duration, stage.waiting, {_touchpoints('stage')}, {steps}]"
    stages = f"COLLECT {{ MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN {stage} ORDER BY gone.position, stage.key }}"
    return {"journey_row": f"[id(journey), journey.id, journey.key, journey.journeyState, {stages}]"}
