// Follows the history with graphql-ws, as other people's programs do; see test_following.py.
//   node follow.js resume ADDRESS CURSOR SEQ    each change up to that number, whatever becomes of the service meanwhile
//   node follow.js slow ADDRESS CURSOR          stops reading after one change, until a line comes in; tells the error
//   node follow.js malformed ADDRESS CURSOR     sends nonsense once it is connected, and tells how that ends
// What it hears it writes down, a line of JSON for each.
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [, , way, address, begin, last] = process.argv;
const QUERY = `
  subscription Follow($after: String) {
    changes(after: $after) { cursor change { seq key fields { name after } entity { __typename } } }
  }
`;

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

// Resolves when the subscription has ended, with the error that ended it, if one did.
function follow(after, heard, on = {}) {
  const client = createClient({ url: `${address.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, on });
  return new Promise((resolve) => {
    client.subscribe(
      { query: QUERY, variables: { after } },
      { next: ({ data }) => heard(data.changes), error: resolve, complete: () => resolve(null) },
    );
  }).finally(() => client.dispose());
}

async function resume() {
  let cursor = begin;
  let seq = 0;
  while (seq < Number(last)) {
    const done = new AbortController();
    await Promise.race([
      once(done.signal, "abort"),
      follow(cursor, (event) => {
        ({ cursor } = event);
        ({ seq } = event.change);
        write({ seq });
        if (seq >= Number(last)) done.abort();
      }),
    ]);
    await pause(100);
  }
  process.exit();
}

async function slow() {
  let socket;
  let cursor;
  const error = await follow(
    begin,
    (event) => {
      ({ cursor } = event);
      write({ seq: event.change.seq });
      if (!socket.stopped) {
        socket.stopped = true;
        socket.pause();
        process.stdin.once("data", () => socket.resume());
      }
    },
    { opened: (opened) => (socket = opened) },
  );
  write({ error: error[0].extensions, cursor });
  process.exit();
}

async function malformed() {
  const error = await follow(begin, () => {}, { connected: (socket) => socket.send("{") });
  write({ code: error.code, reason: error.reason });
  process.exit();
}

await { resume, slow, malformed }[way]();
