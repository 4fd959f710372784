// A page of the changes of an entity and of its links, or of one link, and what is asked of the whole list.
//
// The statement goes on from a variable `start`: the entity, the link, or a map with the `id` of what may be gone.
//
// parameters:
//   wanted: a map, see `wanted` in questions/changes.py
// columns:
//   facts: [changes, how many the whole list has, whether something lies behind the page's cursor]
// mode: read
WITH start.id AS id
CALL (id) {
  CALL (id) {
    UNWIND CASE WHEN $wanted.descending THEN [] ELSE [1] END AS go
    CALL (id) {
      CALL (id) {
        MATCH (c:Change) USING INDEX SEEK c:Change(entity, seq)
        WHERE c.entity = id AND c.seq > $wanted.low AND c.seq < $wanted.high
          AND {{wanted_change}}
        RETURN c ORDER BY c.entity, c.seq LIMIT $wanted.limit
        UNION
        MATCH (c:Change) USING INDEX SEEK c:Change(start, seq)
        WHERE c.start = id AND c.seq > $wanted.low AND c.seq < $wanted.high
          AND {{wanted_change}}
        RETURN c ORDER BY c.start, c.seq LIMIT $wanted.limit
        UNION
        MATCH (c:Change) USING INDEX SEEK c:Change(finish, seq)
        WHERE c.finish = id AND c.seq > $wanted.low AND c.seq < $wanted.high
          AND {{wanted_change}}
        RETURN c ORDER BY c.finish, c.seq LIMIT $wanted.limit
      }
      RETURN c ORDER BY c.seq LIMIT $wanted.limit
    }
    RETURN c
    UNION ALL
    UNWIND CASE WHEN $wanted.descending THEN [1] ELSE [] END AS go
    CALL (id) {
      CALL (id) {
        MATCH (c:Change) USING INDEX SEEK c:Change(entity, seq)
        WHERE c.entity = id AND c.seq > $wanted.low AND c.seq < $wanted.high
          AND {{wanted_change}}
        RETURN c ORDER BY c.entity DESC, c.seq DESC LIMIT $wanted.limit
        UNION
        MATCH (c:Change) USING INDEX SEEK c:Change(start, seq)
        WHERE c.start = id AND c.seq > $wanted.low AND c.seq < $wanted.high
          AND {{wanted_change}}
        RETURN c ORDER BY c.start DESC, c.seq DESC LIMIT $wanted.limit
        UNION
        MATCH (c:Change) USING INDEX SEEK c:Change(finish, seq)
        WHERE c.finish = id AND c.seq > $wanted.low AND c.seq < $wanted.high
          AND {{wanted_change}}
        RETURN c ORDER BY c.finish DESC, c.seq DESC LIMIT $wanted.limit
      }
      RETURN c ORDER BY c.seq DESC LIMIT $wanted.limit
    }
    RETURN c
  }
  WITH c ORDER BY CASE WHEN $wanted.descending THEN -c.seq ELSE c.seq END
  RETURN collect({{change_row}}) AS changes
}
CALL (id) {
  UNWIND CASE WHEN $wanted.counted THEN [1] ELSE [] END AS go
  CALL (id) {
    MATCH (c:Change) USING INDEX SEEK c:Change(entity, seq)
    WHERE c.entity = id AND c.seq > $wanted.lowest
      AND {{wanted_change}}
    RETURN c
    UNION
    MATCH (c:Change) USING INDEX SEEK c:Change(start, seq)
    WHERE c.start = id AND c.seq > $wanted.lowest
      AND {{wanted_change}}
    RETURN c
    UNION
    MATCH (c:Change) USING INDEX SEEK c:Change(finish, seq)
    WHERE c.finish = id AND c.seq > $wanted.lowest
      AND {{wanted_change}}
    RETURN c
  }
  RETURN count(c) AS total
}
CALL (id) {
  CALL (id) {
    MATCH (c:Change) USING INDEX SEEK c:Change(entity, seq)
    WHERE c.entity = id AND c.seq >= $wanted.behindFrom AND c.seq <= $wanted.behindTo
      AND {{wanted_change}}
    RETURN c LIMIT 1
    UNION
    MATCH (c:Change) USING INDEX SEEK c:Change(start, seq)
    WHERE c.start = id AND c.seq >= $wanted.behindFrom AND c.seq <= $wanted.behindTo
      AND {{wanted_change}}
    RETURN c LIMIT 1
    UNION
    MATCH (c:Change) USING INDEX SEEK c:Change(finish, seq)
    WHERE c.finish = id AND c.seq >= $wanted.behindFrom AND c.seq <= $wanted.behindTo
      AND {{wanted_change}}
    RETURN c LIMIT 1
  }
  RETURN count(c) > 0 AS behind
}
RETURN [changes, total, behind] AS facts
