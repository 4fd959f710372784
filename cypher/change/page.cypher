// A page of all changes in the order of their numbers, or from the end, and what is asked of the whole list.
//
// Numbers follow the order of commits, moments only nearly so: a change is stamped before it waits for the lock. So each
// change's own moment is held against `since` and `until`; the numbers are bounded from moments with minutes to spare.
//
// parameters:
//   wanted: a map, see `wanted` in questions/changes.py
// columns:
//   facts: [changes, how many the whole list has, whether something lies behind the page's cursor]
// mode: read
CALL () {
  MATCH (c:Change) USING INDEX SEEK c:Change(at)
  WHERE c.at < $wanted.longBefore
  WITH c ORDER BY c.at DESC LIMIT 1
  RETURN coalesce(max(c.seq), $wanted.lowest) AS lowest
}
CALL () {
  MATCH (c:Change) USING INDEX SEEK c:Change(at)
  WHERE c.at > $wanted.longAfter
  WITH c ORDER BY c.at LIMIT 1
  RETURN coalesce(min(c.seq), $wanted.highest) AS highest
}
CALL (lowest, highest) {
  CALL (lowest, highest) {
    UNWIND CASE WHEN $wanted.descending THEN [] ELSE [1] END AS go
    CALL (lowest, highest) {
      MATCH (c:Change) USING INDEX SEEK c:Change(seq)
      WHERE c.seq > $wanted.low AND c.seq < $wanted.high AND c.seq > lowest AND c.seq < highest
        AND {{wanted_change}}
      RETURN c ORDER BY c.seq LIMIT $wanted.limit
    }
    RETURN c
    UNION ALL
    UNWIND CASE WHEN $wanted.descending THEN [1] ELSE [] END AS go
    CALL (lowest, highest) {
      MATCH (c:Change) USING INDEX SEEK c:Change(seq)
      WHERE c.seq > $wanted.low AND c.seq < $wanted.high AND c.seq > lowest AND c.seq < highest
        AND {{wanted_change}}
      RETURN c ORDER BY c.seq DESC LIMIT $wanted.limit
    }
    RETURN c
  }
  WITH c ORDER BY CASE WHEN $wanted.descending THEN -c.seq ELSE c.seq END
  RETURN collect({{change_row}}) AS changes
}
CALL (lowest, highest) {
  UNWIND CASE WHEN $wanted.counted THEN [1] ELSE [] END AS go
  MATCH (c:Change) USING INDEX SEEK c:Change(seq)
  WHERE c.seq > lowest AND c.seq < highest
    AND {{wanted_change}}
  RETURN count(c) AS total
}
CALL (lowest, highest) {
  MATCH (c:Change) USING INDEX SEEK c:Change(seq)
  WHERE c.seq >= $wanted.behindFrom AND c.seq <= $wanted.behindTo AND c.seq > lowest AND c.seq < highest
    AND {{wanted_change}}
  WITH c LIMIT 1
  RETURN count(c) > 0 AS behind
}
RETURN [changes, total, behind] AS facts
