// What the explorer does when somebody presses play: fill in what is known, run what has to come first, then ask or follow.

import { ask, follow } from "../graphql.js";

/** A GraphiQL fetcher. Without its `requiredHeader`, where there is one, nothing is asked. */
export function fetcherFor(endpoint, journey, { requiredHeader, onSteps = () => {} } = {}) {
  return async (asked, { headers: given = {} } = {}) => {
    const headers = requiredHeader ? requiredHeader.applied(given) : given;
    if (!headers) return { errors: [{ message: requiredHeader.hint }] };
    const send = (prepared) => ask(endpoint, prepared, { headers });
    const { kind, name } = operationIn(asked);
    return run({ ...asked, operationName: name }, { send, headers, follows: kind === "subscription" }).catch(inWords);
  };

  async function run(operation, { send, headers, follows }) {
    const example = journey.exampleNamed(operation.operationName);
    if (!example) return follows ? streamed(endpoint, operation, headers) : send(operation);
    onSteps(journey.isOwn(example, operation.variables) ? [] : await journey.prepare(example, send));
    const filled = { ...operation, variables: journey.filled(operation.variables) };
    if (follows) return streamed(endpoint, filled, headers);
    const answer = await send(filled);
    journey.learn(example, answer);
    return answer;
  }
}

/** What went wrong, as an answer: a stack trace of ours would tell nobody anything. */
function inWords(error) {
  return { errors: [{ message: error.message }] };
}

/** A subscription as GraphiQL follows it: an async iterable whose request is aborted when the reader leaves. */
function streamed(endpoint, operation, headers) {
  const stop = new AbortController();
  const answers = follow(endpoint, operation, { headers, signal: stop.signal });
  return {
    next: () => answers.next().catch((error) => (stop.signal.aborted ? { done: true, value: undefined } : { value: inWords(error) })),
    return: async () => {
      stop.abort();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** The operation that is meant: the one named or, where the name comes from a tab left a moment ago, the first in the text. */
function operationIn({ query, operationName }) {
  const written = [...query.replaceAll(/#.*$/gm, "").matchAll(/\b(query|mutation|subscription)(?:\s+(\w+))?\s*[({@]/g)];
  const operations = written.map(([, kind, name]) => ({ kind, name }));
  return operations.find(({ name }) => name === operationName) ?? operations[0] ?? { kind: "query", name: operationName };
}
