// What the tabs hold at first, and where the browser remembers what became of them.

/** One tab for each example. */
export function tabsOf(examples, page) {
  return examples.map(({ query, variables }) => ({
    query,
    variables: variables && JSON.stringify(variables, null, 2),
    headers: page.defaultHeaders,
  }));
}

/** A storage of this page's own, so that the two explorers do not mix; new examples start it afresh. */
export function shelfFor(page, examples) {
  const prefix = `shopwright:${page.endpoint}:`;
  const edition = fingerprint(JSON.stringify(examples));
  const shelf = {
    getItem: (key) => localStorage.getItem(prefix + key),
    setItem: (key, value) => localStorage.setItem(prefix + key, value),
    removeItem: (key) => localStorage.removeItem(prefix + key),
    clear: () => keysWith(prefix).forEach((key) => localStorage.removeItem(key)),
    get length() {
      return keysWith(prefix).length;
    },
  };
  if (shelf.getItem("edition") !== edition) {
    shelf.clear();
    shelf.setItem("edition", edition);
  }
  return shelf;
}

function keysWith(prefix) {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

function fingerprint(text) {
  let hash = 5381;
  for (const letter of text) hash = ((hash * 33) ^ letter.codePointAt(0)) >>> 0;
  return hash.toString(36);
}
