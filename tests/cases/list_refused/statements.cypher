MATCH (n0:Opportunity {key: $key})
RETURN head(collect([n0.key])) AS answer
