// As change/page, of one change set.
//
// parameters:
//   wanted: a map, see `wanted` in questions/changes.py
// columns:
//   facts: [changes, how many the whole list has, whether something lies behind the page's cursor]
// mode: read
CALL () {
  CALL () {
    UNWIND CASE WHEN $wanted.descending THEN [] ELSE [1] END AS go
    CALL () {
      MATCH (c:Change) USING INDEX SEEK c:Change(changeSet, seq)
      WHERE c.changeSet = $wanted.changeSet AND c.seq > $wanted.low AND c.seq < $wanted.high
        AND {{wanted_change}}
      RETURN c ORDER BY c.changeSet, c.seq LIMIT $wanted.limit
    }
    RETURN c
    UNION ALL
    UNWIND CASE WHEN $wanted.descending THEN [1] ELSE [] END AS go
    CALL () {
      MATCH (c:Change) USING INDEX SEEK c:Change(changeSet, seq)
      WHERE c.changeSet = $wanted.changeSet AND c.seq > $wanted.low AND c.seq < $wanted.high
        AND {{wanted_change}}
      RETURN c ORDER BY c.changeSet DESC, c.seq DESC LIMIT $wanted.limit
    }
    RETURN c
  }
  WITH c ORDER BY CASE WHEN $wanted.descending THEN -c.seq ELSE c.seq END
  RETURN collect({{change_row}}) AS changes
}
CALL () {
  UNWIND CASE WHEN $wanted.counted THEN [1] ELSE [] END AS go
  MATCH (c:Change) USING INDEX SEEK c:Change(changeSet, seq)
  WHERE c.changeSet = $wanted.changeSet AND c.seq > $wanted.lowest
    AND {{wanted_change}}
  RETURN count(c) AS total
}
CALL () {
  MATCH (c:Change) USING INDEX SEEK c:Change(changeSet, seq)
  WHERE c.changeSet = $wanted.changeSet AND c.seq >= $wanted.behindFrom AND c.seq <= $wanted.behindTo
    AND {{wanted_change}}
  WITH c LIMIT 1
  RETURN count(c) > 0 AS behind
}
RETURN [changes, total, behind] AS facts
