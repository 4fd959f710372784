// Runs the server audits of graphql-http against the service at the address given; answers with each as JSON.
import { auditServer } from 'graphql-http';

const [, , url] = process.argv;
const results = await auditServer({ url, fetchFn: fetch });
const told = await Promise.all(
  results.map(async ({ id, name, status, reason }) => ({ id, name, status, reason: reason ?? null })),
);
process.stdout.write(JSON.stringify(told));
