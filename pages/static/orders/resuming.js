// Following an order for as long as the page is open: a broken stream is taken up again after the last event seen.

import { follow } from "../graphql.js";

const LONGEST_WAIT = 15_000;

/** Calls `seen` for every event, and `connected` with whether the stream is up. Ends when the shop says it must. */
export async function followOrder(operation, { seen, connected, signal }) {
  let after = null;
  let failures = 0;
  while (!signal?.aborted) {
    try {
      for await (const answer of follow("/graphql", operation(after), { signal })) {
        if (answer.errors?.length) return connected(false);
        const event = answer.data.orderStatus;
        after = event.cursor;
        failures = 0;
        connected(true);
        seen(event);
      }
    } catch (error) {
      if (signal?.aborted) return undefined;
      if (!(error instanceof TypeError)) console.warn(error);
    }
    connected(false);
    failures += 1;
    await untilOnline(Math.min(LONGEST_WAIT, 500 * 2 ** failures));
  }
  return undefined;
}

/** A pause that ends early when the network comes back. */
function untilOnline(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });
}
