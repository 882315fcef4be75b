// The operations of a page, kept in a GraphQL file beside its scripts.

/** A maker of requests: by the name of an operation in the file, with that operation and the fragments it needs alone. */
export async function operationsAt(path) {
  const text = await (await fetch(path)).text();
  const definitions = new Map(text.split(/^(?=(?:fragment|query|mutation|subscription) )/m).map((part) => [nameOf(part), part]));
  return (operationName, variables) => ({ query: documentOf(operationName, definitions), operationName, variables });
}

function documentOf(name, definitions, taken = new Set()) {
  if (taken.has(name)) return "";
  taken.add(name);
  const own = definitions.get(name).trim();
  const spread = [...own.matchAll(/\.\.\.(\w+)/g)].map(([, fragment]) => documentOf(fragment, definitions, taken));
  return [own, ...spread].filter(Boolean).join("\n");
}

function nameOf(definition) {
  return /^\w+ (\w+)/.exec(definition)?.[1];
}
