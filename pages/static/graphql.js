// How a page speaks to the API: one request and its answer, or a stream of answers over server-sent events.

/** Post an operation and give back its answer; an answer that is not GraphQL becomes an Error with the status in words. */
export async function ask(endpoint, operation, { headers = {}, signal } = {}) {
  const response = await post(endpoint, operation, { ...headers, accept: "application/json" }, signal);
  return answerOf(response);
}

/** Follow a subscription: yields every answer in order until the server completes the stream. */
export async function* follow(endpoint, operation, { headers = {}, signal } = {}) {
  const stopped = new AbortController();
  signal?.addEventListener("abort", () => stopped.abort());
  const response = await post(endpoint, operation, { ...headers, accept: "text/event-stream" }, stopped.signal);
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    yield await answerOf(response);
    return;
  }
  try {
    for await (const { event, data } of eventsOf(response.body)) {
      if (event === "complete") return;
      if (event === "next") yield JSON.parse(data);
    }
  } finally {
    stopped.abort();
  }
}

function post(endpoint, operation, headers, signal) {
  const token = document.querySelector('meta[name="storefront-token"]')?.content;
  const shown = token ? { "x-shopify-storefront-access-token": token } : {};
  return fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", ...shown, ...headers },
    body: JSON.stringify(operation),
    credentials: "same-origin",
    signal,
  });
}

async function answerOf(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText}`.trim());
  }
}

async function* eventsOf(body) {
  let rest = "";
  for await (const chunk of chunksOf(body.pipeThrough(new TextDecoderStream()))) {
    const blocks = (rest + chunk).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) yield eventOf(block);
  }
}

async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

function eventOf(block) {
  const lines = block.split("\n");
  const values = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trimStart());
  return { event: values("event")[0] ?? "message", data: values("data").join("\n") };
}
