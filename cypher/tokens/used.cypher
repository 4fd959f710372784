// Note when API tokens were last used; what another server noted later stays.
//
// parameters:
//   uses: for each token its `id` and `at`, in the order of the ids, so that two servers never wait for each other
// columns: noted
// mode: write
UNWIND $uses AS use
MATCH (t:ApiToken {id: use.id})
WHERE t.lastUsedAt IS NULL OR t.lastUsedAt < use.at
SET t.lastUsedAt = use.at
RETURN count(t) AS noted
